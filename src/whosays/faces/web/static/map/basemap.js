// The base map: Natural Earth shapes out of vendor/shapes.json, as a style of MapLibre without glyph, sprite or tile server.
// Labels are drawn with the machine's own fonts. Own tiles, where the server was started with them, lie under everything.

/** shapes.json (scripts/vendor.mjs says how it is written) → sources of a style. */
export function sources(shapes) {
  const line = (steps) => {
    let [x, y] = [0, 0];
    const points = [];
    for (let n = 0; n < steps.length; n += 2) points.push([(x += steps[n]) / shapes.scale, (y += steps[n + 1]) / shapes.scale]);
    return points;
  };
  const polygon = (rings) => rings.map(line);
  const of = (type, coordinates) => ({ type: "geojson", tolerance: 0.2, data: { type: "Feature", properties: {}, geometry: { type, coordinates } } });
  const names = shapes.countries.map(([name, lon, lat, area]) => ({
    type: "Feature",
    properties: { name, area },
    geometry: { type: "Point", coordinates: [lon, lat] },
  }));
  return {
    land: of("MultiPolygon", shapes.land.map(polygon)),
    lakes: of("MultiPolygon", shapes.lakes.map(polygon)),
    rivers: of("MultiLineString", shapes.rivers.map(line)),
    borders: of("MultiLineString", shapes.borders.map(line)),
    disputed: of("MultiLineString", shapes.disputed.map(line)),
    countries: { type: "geojson", data: { type: "FeatureCollection", features: names } },
  };
}

const byZoom = (...stops) => ["interpolate", ["linear"], ["zoom"], ...stops];

/** Layers in the colours of `ink` (see `inks`), undermost first. */
export function layers(ink, tiles) {
  const shore = tiles ? [] : [
    { id: "land", type: "fill", source: "land", paint: { "fill-color": ink.land, "fill-antialias": false } },
    { id: "rivers", type: "line", source: "rivers", paint: { "line-color": ink.river, "line-width": byZoom(2, 0.3, 6, 1.1, 10, 2) } },
    { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": ink.sea, "fill-antialias": false } },
    { id: "shores", type: "line", source: "lakes", paint: { "line-color": ink.shore, "line-width": 0.6 } },
    { id: "coast", type: "line", source: "land", paint: { "line-color": ink.shore, "line-width": byZoom(2, 0.4, 8, 1) } },
    { id: "borders", type: "line", source: "borders", layout: { "line-join": "round" }, paint: { "line-color": ink.border, "line-width": byZoom(2, 0.5, 6, 1, 10, 1.6) } },
    { id: "disputed", type: "line", source: "disputed", paint: { "line-color": ink.border, "line-width": byZoom(2, 0.6, 6, 1.2, 10, 1.8), "line-dasharray": [1.5, 2.5] } },
  ];
  return [
    { id: "sea", type: "background", paint: { "background-color": ink.sea } },
    ...(tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : []),
    ...shore,
    {
      id: "countries",
      type: "symbol",
      source: "countries",
      filter: [">", ["get", "area"], ["step", ["zoom"], 120, 3, 25, 4, 4, 5, 0.3, 6, 0]],
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": byZoom(2, ["interpolate", ["linear"], ["get", "area"], 20, 9, 800, 12], 6, ["interpolate", ["linear"], ["get", "area"], 1, 11, 80, 15]),
        "text-transform": "uppercase",
        "text-letter-spacing": 0.22,
        "text-max-width": 7,
        "text-padding": 8,
        "symbol-sort-key": ["-", 0, ["get", "area"]],
      },
      paint: { "text-color": ink.country, "text-halo-color": ink.land, "text-halo-width": 1.2, "text-opacity": byZoom(7, 1, 9, 0.4) },
    },
  ];
}
