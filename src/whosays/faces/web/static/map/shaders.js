// What is drawn on the graphics card, in its own language (GLSL): how a dot looks, a dot stamped from the sheet of looks, and a halo.

export const LOOK_VERTEX = `#version 300 es
precision highp float;
layout(location=0) in vec2 a_at;
layout(location=1) in float a_weight;
layout(location=2) in uvec4 a_state;
uniform vec2 u_scale, u_shift;
uniform float u_radius, u_ratio;
const float SMALL = 3.0, TELLING = 3.4, WIDE = 5.0;
flat out uvec4 v_state;
flat out float v_radius, v_half;
void main() {
  bool silent = a_state.x == 255u, wide = a_state.w != 0u;
  v_state = a_state;
  v_radius = silent ? max(1.2, u_radius * 0.34) : u_radius * (0.82 + 0.5 * a_weight);
  if (!silent && (a_state.y & 29u) != 0u) v_radius = max(v_radius, TELLING); // else hatching, rings and quarters could not be seen
  if (wide) v_radius = WIDE;
  float around = (a_state.y & 192u) != 0u ? 8.0 : (a_state.y & 4u) != 0u && v_radius > 2.2 ? 4.2 : silent || v_radius < SMALL ? 0.0 : 1.2;
  v_half = ceil((v_radius + around + 0.6) * u_ratio) / u_ratio; // whole pixels, and no more than are painted
  gl_Position = silent && wide ? vec4(2.0, 2.0, 0.0, 1.0) : vec4(a_at * u_scale + u_shift, 0.0, 1.0); // a country of which nothing is said: nowhere
  gl_PointSize = 2.0 * v_half * u_ratio;
}`;

export const LOOK_FRAGMENT = `#version 300 es
precision highp float;
flat in uvec4 v_state;
flat in float v_radius, v_half;
uniform vec3 u_sides[9];
uniform vec3 u_unknown, u_paper, u_ink, u_pale;
uniform float u_ratio;
out vec4 colour;
float edge(float d) { return clamp(0.5 - d * u_ratio, 0.0, 1.0); }
void over(vec3 c, float a) { colour = vec4(c * a + colour.rgb * (1.0 - a), a + colour.a * (1.0 - a)); }
void main() {
  vec2 v_offset = (gl_PointCoord * 2.0 - 1.0) * vec2(v_half, -v_half);
  float r = v_radius;
  bool wide = v_state.w != 0u;
  float d = wide ? max(abs(v_offset.x), abs(v_offset.y)) : length(v_offset);
  uint flags = v_state.y;
  if (r < 3.0 && (flags & 221u) == 0u) { // small and plain: most of them, where very many are in view
    float a = edge(d - r) * (v_state.x == 255u ? 0.75 : (flags & 2u) != 0u ? 0.5 : 1.0);
    colour = vec4(v_state.x == 255u ? u_pale : v_state.x == 254u ? u_unknown : u_sides[min(v_state.x, 8u)], 1.0) * a;
    return;
  }
  colour = vec4(0.0);
  if (v_state.x == 255u) {
    over(u_pale, 0.75 * edge(d - r));
  } else {
    vec3 side = v_state.x == 254u ? u_unknown : u_sides[min(v_state.x, 8u)];
    bool stale = (flags & 2u) != 0u, contested = (flags & 1u) != 0u, unnamed = (flags & 16u) != 0u;
    over(u_paper, (stale ? 0.75 : 0.95) * edge(d - r - 1.1));
    if (unnamed) {
      over(u_pale, edge(abs(d - r + 0.8) - 0.8));
      over(u_pale, edge(d - r) * edge(abs(v_offset.x + v_offset.y) * 0.7071 - 0.7));
    } else if (wide) {
      over(side, (stale ? 0.6 : 1.0) * edge(abs(d - r + 1.0) - 1.0));
    } else if (stale) {
      over(side, 0.28 * edge(d - r));
      over(side, 0.85 * edge(abs(d - r + 0.7) - 0.65));
    } else {
      over(side, edge(d - r));
    }
    if (contested && r > 2.6) {
      float stripe = abs(fract((v_offset.x - v_offset.y) / 5.0) - 0.5) * 5.0;
      over(wide ? side : u_paper, (wide ? 0.8 : 0.92) * edge((wide ? 1.6 : stale ? 1.75 : 1.45) - stripe) * edge(d - r + (wide ? 1.0 : 1.3)));
    }
    if ((flags & 8u) != 0u) over(u_ink, 0.85 * edge(d - r) * step(0.0, v_offset.x) * step(0.0, v_offset.y));
    if ((flags & 4u) != 0u && r > 2.2) {
      float turn = fract(atan(v_offset.y, v_offset.x) / 6.2831853 * 10.0);
      over(u_ink, 0.9 * edge(abs(d - r - 3.0) - 0.75) * smoothstep(0.0, 0.12, turn) * smoothstep(0.0, 0.12, 0.62 - turn));
    }
  }
  if ((flags & 192u) != 0u) {
    float ring = (flags & 128u) != 0u ? 1.2 : 0.8;
    over(u_paper, 0.9 * edge(abs(d - r - 4.6) - ring - 1.0));
    over(u_ink, edge(abs(d - r - 4.6) - ring));
  }
  if (colour.a < 0.004) discard;
}`;

// A place is its look's cell on the sheet, set on whole pixels: one look-up a pixel, where the shader above takes some fifty steps.
export const STAMP_VERTEX = `#version 300 es
precision highp float;
layout(location=0) in vec2 a_at;
layout(location=3) in uvec4 a_cell;
uniform vec2 u_scale, u_shift, u_screen;
uniform int u_room;
flat out ivec2 v_corner;
flat out int v_size;
void main() {
  int columns = 2048 / u_room, n = int(a_cell.x + 256u * a_cell.y);
  v_size = int(a_cell.z);
  v_corner = ivec2(n % columns, n / columns) * u_room + (u_room - v_size) / 2;
  vec2 pixel = floor((a_at * u_scale + u_shift + 1.0) * 0.5 * u_screen + 0.5);
  gl_Position = v_size == 0 ? vec4(2.0, 2.0, 0.0, 1.0) : vec4(pixel / u_screen * 2.0 - 1.0, 0.0, 1.0);
  gl_PointSize = float(v_size);
}`;
export const STAMP_FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D u_sheet;
flat in ivec2 v_corner;
flat in int v_size;
out vec4 colour;
void main() {
  ivec2 at = min(ivec2(gl_PointCoord * float(v_size)), v_size - 1);
  colour = texelFetch(u_sheet, v_corner + ivec2(at.x, v_size - 1 - at.y), 0);
}`;

// Around places of which claims of the chosen type speak: over all dots, or they would not be seen where places lie close.
export const HALO_VERTEX = `#version 300 es
precision highp float;
layout(location=0) in vec2 a_at;
layout(location=2) in uvec4 a_state;
uniform vec2 u_scale, u_shift;
uniform float u_radius, u_ratio;
flat out float v_halo;
void main() {
  v_halo = u_radius + 2.0 + 2.6 * sqrt(float(a_state.z));
  gl_Position = a_state.z == 0u ? vec4(2.0, 2.0, 0.0, 1.0) : vec4(a_at * u_scale + u_shift, 0.0, 1.0);
  gl_PointSize = 2.0 * (v_halo + 1.0) * u_ratio;
}`;
export const HALO_FRAGMENT = `#version 300 es
precision highp float;
flat in float v_halo;
uniform vec3 u_ink;
uniform float u_ratio;
out vec4 colour;
void main() {
  float d = length(gl_PointCoord * 2.0 - 1.0) * (v_halo + 1.0) - v_halo;
  float a = max(0.10 * clamp(0.5 - d * u_ratio, 0.0, 1.0), 0.55 * clamp(0.5 - (abs(d) - 0.5) * u_ratio, 0.0, 1.0));
  colour = vec4(u_ink * a, a);
}`;

/** The two joined, and where its variables lie. */
export function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  const names = {};
  for (let n = 0; n < gl.getProgramParameter(made, gl.ACTIVE_UNIFORMS); n++) {
    const name = gl.getActiveUniform(made, n).name.replace("[0]", "");
    names[name] = gl.getUniformLocation(made, name);
  }
  return { made, names };
}

/** `#0072b2` → three numbers from 0 to 1. */
export function rgb(hex) {
  const value = parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
