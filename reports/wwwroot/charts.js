// Draws every figure.chart of the page from the options that the server put beside it. Words and number formats come
// with the options; here are only colours (tokens of the style sheet), tooltips, clicks and sizes.
(() => {
  "use strict";
  const reduced = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = [];

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

  function draw(chart) {
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
  }

  function start(figure) {
    const box = figure.querySelector(".canvas");
    const options = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    const instance = echarts.init(box, null, { renderer: "canvas" });
    const chart = { instance, options };
    instance.on("click", params => {
      if (params.data && params.data.href) location.href = params.data.href;
    });
    // Only what leads somewhere gets the hand.
    options.series.forEach(series => {
      series.cursor = series.data.some(item => item.href) ? "pointer" : "default";
      if (!series.silent) series.labelLayout = fitted;
    });
    // Names beside lying bars may take two fifths of the room.
    if (options.yAxis.axisLabel) Object.assign(options.yAxis.axisLabel, { width: box.clientWidth * 0.4, overflow: "truncate" });
    draw(chart);
    new ResizeObserver(() => instance.resize()).observe(box);
    charts.push(chart);
  }

  function fold(open) {
    document.querySelectorAll("details.fold").forEach(details => {
      details.open = open;
      details.classList.add("ready");
    });
  }

  function redrawForPrint(printing) {
    document.documentElement.classList.toggle("print", printing);
    fold(printing);
    charts.forEach(draw);
  }

  if (!window.echarts) return;
  document.querySelectorAll("figure.chart").forEach(start);
  fold(false);
  window.chartsDrawn = charts.length;
  dark.addEventListener("change", () => charts.forEach(draw));
  // Canvas text is measured with the font that is there: once ours has arrived, draw again.
  document.fonts.ready.then(() => charts.forEach(draw));
  addEventListener("beforeprint", () => redrawForPrint(true));
  addEventListener("afterprint", () => redrawForPrint(false));
})();
