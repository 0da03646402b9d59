// Draws every figure.chart from the options that the server put beside it. Words and number formats come with the
// options; here are only colours (tokens of the style sheet), tooltips, clicks and sizes.
(() => {
  "use strict";
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = new Map();
  const maps = new Map();

  // Values such as "--open-overdue" become what the style sheet says now.
  function coloured(value, style) {
    if (typeof value === "string") return value.startsWith("--") ? style.getPropertyValue(value).trim() : value;
    if (Array.isArray(value)) return value.map(item => coloured(item, style));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, coloured(item, style)]));
  }

  // Elements instead of markup: names from the data stay text, and no inline style is needed.
  function tip(params) {
    const lines = params.data && params.data.tip;
    if (!lines) return "";
    const box = document.createElement("div");
    box.className = "tip";
    lines.forEach((line, i) => {
      const row = document.createElement(i === 0 ? "b" : "span");
      row.textContent = line;
      box.append(row);
    });
    return box;
  }

  // A label that is larger than its segment is moved out of sight; the number is in the tooltip and the table.
  function fitted(params) {
    const fits = params.labelRect.width <= params.rect.width && params.labelRect.height + 4 <= params.rect.height;
    return fits ? {} : { x: -999 };
  }

  // Intervals are lines with feet; their data are low, high and row.
  function interval(params, api) {
    const [low, high] = [api.coord([api.value(0), api.value(2)]), api.coord([api.value(1), api.value(2)])];
    const style = { stroke: api.visual("color"), lineWidth: 2 };
    const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
    return { type: "group", children: [line(low[0], low[1], high[0], high[1]), line(low[0], low[1] - 4, low[0], low[1] + 4), line(high[0], high[1] - 4, high[0], high[1] + 4)] };
  }

  // Small charts of one scale, as many in a row as fit; a row of marks stands over all of them.
  function multiples(spec, width) {
    const columns = Math.max(1, Math.min(spec.series.length, Math.floor(width / 210)));
    const [cell, row] = [(width - 34) / columns, 118];
    const out = { title: [], grid: [], xAxis: [], yAxis: [], series: [] };
    spec.series.forEach((one, i) => {
      const [left, top] = [34 + (i % columns) * cell, Math.floor(i / columns) * row];
      const quiet = { color: "--quiet", fontSize: 11 };
      out.title.push({ text: one.name, left, top, textStyle: { color: "--text", fontSize: 12.5, fontWeight: 600, width: cell - 14, overflow: "truncate" } });
      out.grid.push({ left, top: top + 24, width: cell - 14, height: row - 52 });
      out.xAxis.push({ type: "time", gridIndex: i, min: spec.from, max: spec.to, axisTick: { show: false }, axisLine: { lineStyle: { color: "--line" } }, splitLine: { show: false }, axisLabel: { ...quiet, showMinLabel: true, hideOverlap: true, formatter: "{yyyy}" }, minInterval: 86400e3 * 720 });
      out.yAxis.push({ type: "value", gridIndex: i, min: spec.low, max: spec.high, interval: spec.high - spec.low || 1, axisLine: { show: false }, splitLine: { lineStyle: { color: "--line", type: "dotted" } },
        axisLabel: { ...quiet, show: i % columns === 0, formatter: value => value <= spec.low ? spec.lowText : spec.highText } });
      out.series.push({ type: "line", xAxisIndex: i, yAxisIndex: i, symbolSize: 5, symbol: "circle", showSymbol: true, lineStyle: { width: 1.75, color: "--completed-on-time" }, itemStyle: { color: "--completed-on-time" }, data: one.data,
        markLine: { silent: true, symbol: "none", lineStyle: { color: "--quiet", type: "dashed", width: 1 }, label: { show: false }, data: spec.marks.map(mark => ({ xAxis: mark.day })) } });
    });
    return { options: out, height: Math.ceil(spec.series.length / columns) * row };
  }

  function draw(chart) {
    if (chart.spec) {
      const laid = multiples(chart.spec, chart.box.clientWidth);
      chart.options = laid.options;
      chart.box.style.height = `${laid.height}px`;
      chart.instance.resize();
    }
    const style = getComputedStyle(document.documentElement);
    const token = name => style.getPropertyValue(name).trim();
    chart.instance.setOption({
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      tooltip: {
        trigger: "item", confine: true, transitionDuration: reduced.matches ? 0 : 0.15, formatter: tip,
        backgroundColor: token("--surface"), borderColor: token("--line"), textStyle: { color: token("--text") },
      },
      ...coloured(chart.options, style),
    }, true);
    chart.size = sizeOf(chart.box);
  }

  const sizeOf = box => `${box.clientWidth} ${box.clientHeight}`;

  // Only where the room is another one: whoever begins to watch a size is told of it once in any case.
  function resize(chart) {
    if (sizeOf(chart.box) === chart.size) return;
    chart.size = sizeOf(chart.box);
    if (chart.spec) draw(chart); else chart.instance.resize();
  }

  async function start(figure) {
    const box = figure.querySelector(".canvas");
    const options = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const map = figure.dataset.map;
    if (map) {
      if (!maps.has(map)) maps.set(map, fetch(map).then(answer => answer.json()).then(shapes => echarts.registerMap("provinces", shapes)));
      await maps.get(map);
    }
    const instance = echarts.init(box, null, { renderer: "canvas" });
    const chart = { instance, options, box, spec: options.renderAs === "multiples" ? options : null };
    instance.on("click", params => params.data && params.data.href && window.openView(params.data.href));
    instance.on("contextmenu", params => {
      if (!params.data || !params.data.drill) return;
      params.event.event.preventDefault();
      window.openView(params.data.drill);
    });
    // Only what leads somewhere gets the hand.
    if (!chart.spec) [].concat(options.series).forEach(series => {
      series.cursor = (series.data || []).some(item => item && item.href) ? "pointer" : "default";
      if (series.type === "bar" && !series.silent && !series.labelLayout) series.labelLayout = fitted;
      if (series.renderAs === "interval") Object.assign(series, { renderItem: interval, encode: { x: [0, 1], y: 2 } });
    });
    // Names beside lying bars may take two fifths of the room.
    const names = options.yAxis && options.yAxis.type === "category" && options.yAxis.axisLabel;
    if (names) Object.assign(names, { width: box.clientWidth * 0.4, overflow: "truncate" });
    draw(chart);
    const watch = new ResizeObserver(() => resize(chart));
    watch.observe(box);
    charts.set(figure, Object.assign(chart, { watch }));
  }

  function fold(open, only) {
    (only || [...document.querySelectorAll("details.fold")]).forEach(details => {
      details.open = open;
      details.classList.add("ready");
    });
  }

  // Draws what is new on the page, and lets go of what is no longer on it.
  function refresh() {
    for (const [figure, chart] of charts) {
      if (figure.isConnected) continue;
      chart.watch.disconnect();
      chart.instance.dispose();
      charts.delete(figure);
    }
    const fresh = [...document.querySelectorAll("figure.chart")].filter(figure => !charts.has(figure));
    fold(false, fresh.map(figure => figure.querySelector("details.fold")).filter(details => details));
    return Promise.all(fresh.map(start)).then(() => { window.chartsDrawn = charts.size; });
  }

  function redrawForPrint(printing) {
    document.documentElement.classList.toggle("print", printing);
    fold(printing);
    charts.forEach(draw);
  }

  if (!window.echarts) return;
  window.chartsDrawn = 0;
  window.drawCharts = refresh;
  dark.addEventListener("change", () => charts.forEach(draw));
  // Canvas text is measured with the font that is there: so charts wait a moment for ours, and are drawn again where it comes later.
  const late = new Promise(done => setTimeout(done, 150));
  Promise.race([document.fonts.ready, late]).then(() => {
    const early = document.fonts.status !== "loaded";
    refresh();
    if (early) document.fonts.ready.then(() => charts.forEach(draw));
  });
  addEventListener("beforeprint", () => redrawForPrint(true));
  addEventListener("afterprint", () => redrawForPrint(false));
})();
