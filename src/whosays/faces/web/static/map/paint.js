// The dots on the graphics card: a WebGL 2 canvas over the map's own.
//
// new Painter(dots, map)     positions go to the card once
// .repaint()                 what has changed in dots.states goes there and is drawn
// .painted()                 resolves when the card is done with it
//
// The base map below is not drawn again for a new day. Nor is every dot worked out anew: most of 20,000 look alike, so that each look is
// drawn once onto a sheet, and a place is stamped from it. Both together are what lets a machine without a graphics card step in time.
// What a dot looks like is told by LOOK_FRAGMENT (shaders.js) and, for people, by the legend (marks.js).

import { Overlay } from "./overlay.js";
import * as shaders from "./shaders.js";

const CHOSEN = 128, HOVERED = 64; // flags of ours beside the server's
const SHEET = 2048; // pixels of its edge, as in STAMP_VERTEX
const LEVELS = 4; // sizes of dots, by how much is said of them
const KINDS = 16 * 32 * 2 * LEVELS; // colour, flags, wide, size

export class Painter {
  constructor(dots, map) {
    this.dots = dots;
    this.overlay = new Overlay(map, "atlas-dots", (view) => this.paint(view));
    const { canvas } = this.overlay;
    // Smooth edges are the shader's: antialiasing by the card would cost four times the pixels.
    this.gl = canvas.getContext("webgl2", { alpha: true, premultipliedAlpha: true, antialias: false, depth: false, stencil: false });
    if (!this.gl) throw new Error("no context for the dots");
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => this.prepare());
    this.prepare();
  }

  prepare() {
    const { gl, dots } = this;
    const { count, at, origin } = dots;
    this.look = shaders.program(gl, shaders.LOOK_VERTEX, shaders.LOOK_FRAGMENT);
    this.stamp = shaders.program(gl, shaders.STAMP_VERTEX, shaders.STAMP_FRAGMENT);
    this.halo = shaders.program(gl, shaders.HALO_VERTEX, shaders.HALO_FRAGMENT);
    // Backwards: the first places, those with most claims, are drawn last and lie on top.
    const near = new Float32Array(count * 2);
    const weight = new Uint8Array(count);
    this.levels = new Uint8Array(count);
    for (let n = 0; n < count; n++) {
      near[2 * (count - 1 - n)] = at[2 * n] - origin[0];
      near[2 * (count - 1 - n) + 1] = at[2 * n + 1] - origin[1];
      this.levels[n] = Math.min(LEVELS - 1, Math.floor((dots.weight[n] * LEVELS) / 255));
      weight[count - 1 - n] = weighty(this.levels[n]) * 255;
    }
    this.places = this.columns(near, weight, new Uint8Array(count * 4), new Uint8Array(count * 4));
    this.sheet = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.sheet);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, SHEET, SHEET);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    this.target = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.sheet, 0);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.drawnFor = "";
    this.repaint();
  }

  /** Vertices: where, how weighty, their state, their cell. */
  columns(at, weight, state, cell) {
    const { gl } = this;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const column = (location, values, pointer) => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.DYNAMIC_DRAW);
      gl.enableVertexAttribArray(location);
      pointer(location);
      return buffer;
    };
    const bytes = (location) => gl.vertexAttribIPointer(location, 4, gl.UNSIGNED_BYTE, 0, 0);
    column(0, at, () => gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0));
    column(1, weight, () => gl.vertexAttribPointer(1, 1, gl.UNSIGNED_BYTE, true, 0, 0));
    return { array, state: column(2, state, bytes), cell: column(3, cell, bytes) };
  }

  repaint() {
    this.fresh = true;
    this.overlay.repaint();
  }

  paint(view) {
    const { gl, dots } = this;
    if (!gl) return;
    const radius = Math.round(dots.radius(view.zoom) * 4) / 4; // so that not every frame of a zoom needs a sheet of its own
    const drawnFor = `${radius} ${view.ratio} ${Object.values(dots.ink)}`;
    if (this.fresh || drawnFor !== this.drawnFor) {
      if (drawnFor !== this.drawnFor) this.clear();
      this.drawnFor = drawnFor;
      this.upload(radius, view.ratio);
    }
    const { origin } = dots;
    const place = {
      u_scale: [(2 * view.scale) / view.width, (-2 * view.scale) / view.height],
      u_shift: [(2 * (origin[0] * view.scale + view.x)) / view.width - 1, 1 - (2 * (origin[1] * view.scale + view.y)) / view.height],
    };
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.bindVertexArray(this.places.array);
    this.use(this.stamp, { ...place, u_screen: [gl.drawingBufferWidth, gl.drawingBufferHeight] });
    gl.uniform1i(this.stamp.names.u_room, this.room);
    gl.drawArrays(gl.POINTS, 0, dots.count);
    if (dots.counted) {
      this.use(this.halo, { ...place, u_radius: [radius], u_ratio: [view.ratio], u_ink: shaders.rgb(dots.ink.ink) });
      gl.drawArrays(gl.POINTS, 0, dots.count);
    }
    this.ringed(place, radius, view.ratio);
    this.drawn?.();
  }

  /** The place chosen and the one under the hand, over all others. */
  ringed(place, radius, ratio) {
    const { gl, dots } = this;
    for (const n of [dots.hovered, dots.chosen]) {
      if (n < 0) continue;
      this.use(this.look, { ...place, ...this.inks(), u_radius: [radius], u_ratio: [ratio] });
      gl.drawArrays(gl.POINTS, dots.count - 1 - n, 1);
    }
  }

  use({ made, names }, values) {
    const { gl } = this;
    gl.useProgram(made);
    for (const [name, value] of Object.entries(values)) gl[`uniform${name === "u_sides" ? 3 : value.length}fv`](names[name], value);
  }

  inks() {
    const { ink } = this.dots;
    const told = ["unknown", "paper", "ink", "pale"].map((name) => [`u_${name}`, shaders.rgb(ink[name])]);
    return { u_sides: ink.sides.flatMap(shaders.rgb), ...Object.fromEntries(told) };
  }

  // --------------------------------------------------------------------------------------------------- the sheet of looks

  clear() {
    const { gl } = this;
    this.cells = new Int32Array(KINDS).fill(-1);
    this.sizes = new Uint8Array(KINDS);
    this.used = 0;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.viewport(0, 0, SHEET, SHEET);
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  /** Every place's state and cell to the card; looks that are not on the sheet yet are drawn there first. */
  upload(radius, ratio) {
    const { gl, dots } = this;
    const { count, states, chosen, hovered } = dots;
    this.room = 2 * Math.ceil((Math.max(radius * 1.32, 5) + 4.9) * ratio) + 2;
    const most = Math.floor(SHEET / this.room) ** 2;
    if (this.used > most / 2) this.clear(); // looks of days gone by: those of this day are soon drawn
    const cells = new Uint8Array(count * 4);
    const turned = new Uint32Array(count);
    const packed = new Uint32Array(states.buffer);
    const missing = [];
    for (let n = 0; n < count; n++) {
      const [colour, flags, wide] = [states[4 * n], states[4 * n + 1], states[4 * n + 3]];
      const kind = (((colour > 8 ? (colour === 255 ? 15 : 14) : colour) * 32 + flags) * 2 + wide) * LEVELS + this.levels[n];
      if (this.cells[kind] < 0) {
        this.cells[kind] = Math.min(this.used++, most - 1);
        this.sizes[kind] = extent(colour, flags, wide, this.levels[n], radius, ratio);
        missing.push([this.cells[kind], n]);
      }
      const back = count - 1 - n;
      cells[4 * back] = this.cells[kind] & 255;
      cells[4 * back + 1] = this.cells[kind] >> 8;
      cells[4 * back + 2] = this.sizes[kind];
      turned[back] = packed[n];
    }
    if (missing.length) this.stamps(missing, radius, ratio);
    const bytes = new Uint8Array(turned.buffer);
    for (const [n, flag] of [[chosen, CHOSEN], [hovered, HOVERED]]) if (n >= 0) bytes[4 * (count - 1 - n) + 1] |= flag;
    for (const [buffer, values] of [[this.places.state, bytes], [this.places.cell, cells]]) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, values);
    }
    this.fresh = false;
  }

  /** Draw looks onto the sheet: [cell, number of a place that looks so]. */
  stamps(missing, radius, ratio) {
    const { gl, room, dots } = this;
    const across = Math.floor(SHEET / room);
    const at = new Float32Array(missing.flatMap(([cell]) => [(cell % across) * room + room / 2, Math.floor(cell / across) * room + room / 2]));
    const weight = Uint8Array.from(missing, ([, n]) => weighty(this.levels[n]) * 255);
    const state = new Uint8Array(missing.flatMap(([, n]) => [...dots.states.subarray(4 * n, 4 * n + 4)]));
    const some = this.columns(at, weight, state, new Uint8Array(state.length));
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.target);
    gl.viewport(0, 0, SHEET, SHEET);
    gl.disable(gl.BLEND);
    this.use(this.look, { ...this.inks(), u_scale: [2 / SHEET, 2 / SHEET], u_shift: [-1, -1], u_radius: [radius], u_ratio: [ratio] });
    gl.drawArrays(gl.POINTS, 0, missing.length);
    gl.deleteVertexArray(some.array);
  }

  /** Resolves when the card is done with the next drawing, and not only told to draw it. */
  painted() {
    const { gl } = this;
    return new Promise((done) => {
      this.drawn = () => {
        this.drawn = null;
        const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
        gl.flush();
        const look = () => (!fence || gl.isContextLost() || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED ? done() : setTimeout(look, 4));
        look();
      };
      this.overlay.repaint();
    });
  }
}

const weighty = (level) => (level + 0.5) / LEVELS;

/** Pixels of a look's edge, as LOOK_VERTEX has it; 0: it is not drawn. */
function extent(colour, flags, wide, level, radius, ratio) {
  const silent = colour === 255;
  if (silent && wide) return 0;
  let r = silent ? Math.max(1.2, radius * 0.34) : radius * (0.82 + 0.5 * weighty(level));
  if (!silent && flags & 29) r = Math.max(r, 3.4);
  if (wide) r = 5;
  const around = flags & 4 && r > 2.2 ? 4.2 : silent || r < 3 ? 0 : 1.2;
  return 2 * Math.ceil((r + around + 0.6) * ratio);
}
