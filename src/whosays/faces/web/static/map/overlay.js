// A canvas of our own over the map's: drawn anew when the map moved, or when asked to; the map below is not drawn again for it.
//
// new Overlay(map, name, paint)     paint(view) is called in a frame, once a frame at most
// .repaint()                        in the next frame
// .view()                           where the globe lies on the screen: pixel = mercator * scale + (x, y); the map is never turned or tilted

const MOST_RATIO = 2; // pixels of the screen to one of ours: more of them cost, and nobody sees them

export const mercator = (lon, lat) => [lon / 360 + 0.5, 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)];
export const ratio = () => Math.min(devicePixelRatio || 1, MOST_RATIO);

export class Overlay {
  constructor(map, name, paint) {
    this.map = map;
    this.paint = paint;
    this.canvas = document.createElement("canvas");
    this.canvas.className = `atlas-overlay ${name}`;
    this.canvas.setAttribute("aria-hidden", "true");
    map.getCanvasContainer().append(this.canvas);
    this.size();
    map.on("resize", () => this.size());
    map.on("render", () => this.moved() && this.now()); // in the map's own frame, so that both move together
  }

  size() {
    const { clientWidth, clientHeight } = this.map.getContainer();
    [this.width, this.height] = [clientWidth, clientHeight];
    this.canvas.width = Math.round(clientWidth * ratio());
    this.canvas.height = Math.round(clientHeight * ratio());
    this.repaint();
  }

  moved() {
    const { lng, lat } = this.map.getCenter();
    const at = `${lng},${lat},${this.map.getZoom()}`;
    const other = at !== this.at;
    this.at = at;
    return other;
  }

  view() {
    const { lng, lat } = this.map.getCenter();
    const zoom = this.map.getZoom();
    const scale = 512 * 2 ** zoom;
    const [x, y] = mercator(lng, lat);
    return { zoom, scale, x: this.width / 2 - x * scale, y: this.height / 2 - y * scale, width: this.width, height: this.height, ratio: this.canvas.width / this.width };
  }

  repaint() {
    this.frame ??= requestAnimationFrame(() => this.now());
  }

  now() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    if (this.width && this.height) this.paint(this.view());
  }
}
