// The map that can be moved. The drawing stands until someone asks for it; what it draws is the same: a dot only for an
// exact point, else the area, never smaller than can be seen and never a point at its middle.

const frame = document.querySelector("#map[data-map]");
const LEAST = { vicinity: 8, locality: 9, district: 20 };
const EARTH_M = 40075016.686;

function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  frame.append(probe);
  const shown = getComputedStyle(probe).color;
  probe.remove();
  return shown;
}

function circle(lon, lat, km) {
  const cos = Math.max(0.15, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: 49 }, (_, n) => {
    const angle = (2 * Math.PI * (n % 48)) / 48;
    return [lon + (km / 111.195 / cos) * Math.cos(angle), lat + (km / 111.195) * Math.sin(angle)];
  });
}

function areas(spots, zoom) {
  const features = spots.map(({ properties, geometry }) => {
    const [lon, lat] = geometry.coordinates;
    if (properties.precision === "exact") return { type: "Feature", properties, geometry };
    const metres = (EARTH_M * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
    const km = Math.max(properties.radius_km, (LEAST[properties.precision] * metres) / 1000);
    return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [circle(lon, lat, km)] } };
  });
  return { type: "FeatureCollection", features };
}

function hatch() {
  const size = 14;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  pen.strokeStyle = colour("--ink-2");
  pen.globalAlpha = 0.6;
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}

function style(data) {
  const ink = colour("--ink");
  const is = (...kinds) => ["in", ["get", "precision"], ["literal", kinds]];
  const base = data.has_base
    ? [
        { id: "land", type: "fill", source: "land", paint: { "fill-color": colour("--land") } },
        { id: "coast", type: "line", source: "land", paint: { "line-color": colour("--rule-strong"), "line-width": 0.75 } },
        { id: "borders", type: "line", source: "borders", paint: { "line-color": colour("--rule-strong") } },
      ]
    : [];
  const file = (name) => new URL(`/static/vendor/basemap/${name}.geojson`, location.href).href;
  return {
    version: 8,
    sources: {
      ...(data.has_base
        ? { land: { type: "geojson", data: file("land") }, borders: { type: "geojson", data: file("borders") } }
        : {}),
      spots: { type: "geojson", data: areas(data.features, 6) },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour(data.has_base ? "--water" : "--land") } },
      ...base,
      { id: "district", type: "fill", source: "spots", filter: is("district"), paint: { "fill-pattern": "hatch" } },
      { id: "area", type: "fill", source: "spots", filter: is("locality", "vicinity"), paint: { "fill-color": ink, "fill-opacity": 0.13 } },
      { id: "edge", type: "line", source: "spots", filter: is("locality"), paint: { "line-color": ink, "line-dasharray": [4, 2] } },
      { id: "ring", type: "line", source: "spots", filter: is("vicinity"), paint: { "line-color": ink } },
      { id: "rim", type: "line", source: "spots", filter: is("district"), paint: { "line-color": colour("--ink-2"), "line-dasharray": [1.5, 3.5] } },
      { id: "exact", type: "circle", source: "spots", filter: is("exact"), paint: { "circle-color": ink, "circle-radius": 4.5, "circle-stroke-color": colour("--land"), "circle-stroke-width": 1.5 } },
    ],
  };
}

function label(spot, count) {
  const link = document.createElement("a");
  link.className = "spot";
  link.href = `/incidents?place=${encodeURIComponent(spot.place)}`;
  const number = document.createElement("span");
  number.className = "cnt";
  number.textContent = count.toLocaleString("en");
  link.append(number, ` ${spot.name}`);
  if (spot.other) {
    const other = document.createElement("span");
    other.className = "alt";
    other.textContent = spot.other;
    link.append(other);
  }
  return link;
}

// Names where they hide nothing; those with most incidents first.
function arrange(labels) {
  const taken = [];
  for (const { element } of labels) {
    element.hidden = false;
    const box = element.getBoundingClientRect();
    const hides = taken.some((b) => box.left < b.right && b.left < box.right && box.top < b.bottom && b.top < box.bottom);
    element.hidden = hides;
    if (!hides) taken.push(box);
  }
}

async function live(button) {
  button.setAttribute("aria-busy", "true");
  const [gl, data] = await Promise.all([
    import("/static/vendor/maplibre/maplibre-gl.mjs"),
    fetch(frame.dataset.map).then((answer) => answer.json()),
  ]);
  gl.setWorkerUrl("/static/vendor/maplibre/maplibre-gl-worker.mjs");
  const ground = document.createElement("div");
  ground.className = "ground";
  ground.setAttribute("role", "region");
  ground.setAttribute("aria-label", "Map; arrow keys move it, plus and minus change its scale");
  frame.classList.add("live");
  frame.append(ground);
  const [west, south, east, north] = data.window;
  const map = new gl.Map({
    container: ground,
    style: style(data),
    bounds: [[west, south], [east, north]],
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    maxZoom: 13,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new gl.ScaleControl({ maxWidth: 120 }), "bottom-right");
  map.on("style.load", () => map.addImage("hatch", hatch(), { pixelRatio: 2 }));
  const counts = new Map();
  for (const { properties } of data.features) {
    counts.set(properties.place, (counts.get(properties.place) ?? 0) + properties.incidents);
  }
  const named = new Map(data.features.map((spot) => [spot.properties.place, spot]));
  const labels = [...named.values()]
    .sort((a, b) => counts.get(b.properties.place) - counts.get(a.properties.place))
    .slice(0, 200)
    .map(({ properties, geometry }) => {
      const element = label(properties, counts.get(properties.place));
      new gl.Marker({ element, anchor: "left", offset: [14, 0] }).setLngLat(geometry.coordinates).addTo(map);
      return { element };
    });
  const redraw = () => {
    map.getSource("spots")?.setData(areas(data.features, map.getZoom()));
    arrange(labels);
  };
  map.on("load", () => {
    redraw();
    frame.dataset.ready = "true";
  });
  map.on("zoomend", redraw);
  map.on("moveend", () => arrange(labels));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    map.setStyle(style(data));
    map.once("idle", redraw);
  });
  button.remove();
  ground.querySelector("canvas")?.focus();
}

if (frame && document.createElement("canvas").getContext("webgl2")) {
  const button = document.createElement("button");
  button.className = "btn move";
  button.type = "button";
  button.textContent = "Move and zoom";
  button.addEventListener("click", () => {
    live(button).catch((error) => {
      frame.classList.remove("live");
      frame.querySelector(".ground")?.remove();
      button.textContent = "The map can’t be moved in this browser";
      button.disabled = true;
      console.warn(error);
    });
  });
  frame.append(button);
}
