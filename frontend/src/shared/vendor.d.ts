declare module "plotly.js-cartesian-dist-min" {
  interface PlotlyApi {
    react(root: HTMLElement, data: object[], layout: object, config: object): Promise<void>;
    relayout(root: HTMLElement, update: object): Promise<void>;
    downloadImage(root: HTMLElement, options: object): Promise<string>;
    purge(root: HTMLElement): void;
    Plots: { resize(root: HTMLElement): Promise<void> | undefined };
  }
  const plotly: PlotlyApi;
  export default plotly;
}
