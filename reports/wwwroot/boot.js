// Runs before anything is painted: charts get their room at once, so that nothing shifts when they are drawn.
document.documentElement.classList.add("js");
// Where the charts' own scripts do not arrive, the tables come back.
addEventListener("load", () => {
  if (!window.echarts) document.documentElement.classList.remove("js");
});
