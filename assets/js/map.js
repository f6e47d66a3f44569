// The map of the programme. The drawing from the server stands until somebody presses "Move about in the map": then
// MapLibre is fetched, from here, and shows the same. What is on it is read from the table beside it.
// Where somebody is stays in the browser: the table is sorted here, and nothing is sent.
(function () {
  "use strict";

  const METRES_A_DEGREE = 111195;
  const APART = 34; // from one disc's middle to another's
  const LEVELS = [4, 3, 2, 1];
  const WIDTHS = { 1: [2, 9], 2: [1.4, 7], 3: [0.8, 4], 4: [0.4, 3] }; // at zoom 9 and at zoom 15

  document.addEventListener("DOMContentLoaded", function () {
    const figure = document.querySelector("[data-map]");
    const table = document.querySelector(".map-table");
    if (figure && table) moving(figure, table);
    if (table && navigator.geolocation) nearest(table);
  });

  function moving(figure, table) {
    const ground = figure.querySelector(".map-ground");
    const live = figure.querySelector(".map-live");
    const move = figure.querySelector("[data-map-move]");
    const still = figure.querySelector("[data-map-still]");
    const told = figure.querySelector("[data-map-told]");
    let map = null;

    function show(isLive) {
      live.hidden = !isLive;
      ground.hidden = isLive;
      still.hidden = !isLive;
      move.hidden = isLive;
    }

    move.hidden = false;
    move.addEventListener("click", async function () {
      move.setAttribute("aria-busy", "true");
      told.textContent = "";
      try {
        if (map === null) {
          const [library] = await Promise.all([import(figure.dataset.js), styled(figure.dataset.css)]);
          show(true);
          map = await drawn(library, figure, live, table);
          if (figure.dataset.press) pressing(library, map, figure, told);
        } else {
          show(true);
          map.resize();
        }
        map.getCanvas().focus();
        told.textContent = figure.dataset.wordsReady;
      } catch {
        show(false);
        live.replaceChildren();
        map = null;
        told.textContent = figure.dataset.wordsGone;
      }
      move.removeAttribute("aria-busy");
    });
    still.addEventListener("click", function () {
      show(false);
      told.textContent = "";
      move.focus();
    });
  }

  // Where a hall is put on the map: what is pressed stands in the field, as if it had been typed there.
  function pressing(library, map, figure, told) {
    const field = document.getElementById(figure.dataset.press);
    const element = document.createElement("i");
    element.className = "map-needle";
    const needle = new library.Marker({ element });
    function put(at) {
      needle.setLngLat(at).addTo(map);
      field.value = `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}`;
      told.textContent = figure.dataset.wordsChosen;
    }
    if (figure.dataset.lat) {
      const at = new library.LngLat(...spot(figure));
      needle.setLngLat(at).addTo(map);
      map.jumpTo({ center: at, zoom: 14 });
    }
    map.on("click", (event) => put(event.lngLat));
    map.getCanvas().addEventListener("keydown", function (event) {
      if (event.key === "Enter") put(map.getCenter());
    });
  }

  function styled(address) {
    return new Promise(function (resolve, reject) {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = address;
      sheet.onload = resolve;
      sheet.onerror = reject;
      document.head.append(sheet);
    });
  }

  const full = (address) => new URL(address, location.href).href;
  const spot = (element) => [Number(element.dataset.lon), Number(element.dataset.lat)];

  // MapLibre knows no variables of ours, and no light-dark(): the browser works the colour out.
  function colour(within, name) {
    const probe = document.createElement("i");
    probe.hidden = true;
    probe.style.color = `var(${name})`;
    within.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function paints(live) {
    const width = (level, more) => ["interpolate", ["exponential", 1.5], ["zoom"],
      9, WIDTHS[level][0] + more, 15, WIDTHS[level][1] + more];
    const layers = [{ id: "ground", type: "background", paint: { "background-color": colour(live, "--map-ground") } }];
    LEVELS.forEach(function (level) {
      const line = { type: "line", source: "roads", filter: ["==", ["get", "level"], level],
        layout: { "line-cap": "round", "line-join": "round" } };
      if (level < 3) {
        layers.push({ ...line, id: `edge-${level}`,
          paint: { "line-color": colour(live, `--road-edge-${level}`), "line-width": width(level, 1.6) } });
      }
      layers.push({ ...line, id: `road-${level}`,
        paint: { "line-color": colour(live, `--road-${level}`), "line-width": width(level, 0) } });
    });
    return layers;
  }

  function drawn(library, figure, live, table) {
    const words = figure.dataset;
    const bounds = new library.LngLatBounds();
    const villages = document.querySelectorAll("[data-village]");
    const rows = table.querySelectorAll("tbody tr");
    [...villages, ...rows].forEach((one) => bounds.extend(spot(one)));
    library.setWorkerUrl(full(words.worker));
    const sources = { roads: { type: "geojson", data: full(words.roads), tolerance: 0.2 } };
    const layers = paints(live);
    if (words.tiles) {
      sources.tiles = { type: "raster", tiles: [words.tiles], tileSize: 256, maxzoom: 18, attribution: "© Kartverket" };
      layers.splice(1, 0, { id: "tiles", type: "raster", source: "tiles" });
    }
    const map = new library.Map({
      container: live, bounds, fitBoundsOptions: { padding: 56, maxZoom: 13 }, fadeDuration: 0, dragRotate: false,
      pitchWithRotate: false, touchPitch: false, minZoom: 6, maxZoom: 17, style: { version: 8, sources, layers },
      attributionControl: words.tiles ? { compact: false } : false,
      locale: { "Map.Title": words.wordsMap, "NavigationControl.ZoomIn": words.wordsIn,
        "NavigationControl.ZoomOut": words.wordsOut },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }));
    const pins = [...[...villages].map(nameOf), ...[...rows].map(pinOf)];
    pins.forEach(function (pin) {
      pin.marker = new library.Marker({ element: pin.element }).setLngLat(pin.at).addTo(map);
    });
    map.on("moveend", () => makeRoom(map, pins));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () {
      paints(live).forEach((layer) => Object.entries(layer.paint)
        .forEach(([name, value]) => map.setPaintProperty(layer.id, name, value)));
    });
    map.on("error", () => {}); // a picture that did not come: our own lines are there
    // Not `load`, which waits for every picture: where Kartverket does not answer, the map is there all the same.
    return new Promise(function (resolve) {
      map.once("style.load", function () {
        makeRoom(map, pins);
        live.dataset.ready = "";
        resolve(map);
      });
    });
  }

  function pinOf(row) {
    const link = row.querySelector("th a");
    const element = document.createElement(link ? "a" : "div");
    const name = row.querySelector("th > :first-child").textContent;
    const number = document.createElement("b");
    const words = document.createElement("span");
    element.className = "map-pin";
    words.textContent = name;
    if (link) {
      element.href = link.href;
      number.textContent = row.dataset.number;
      element.setAttribute("aria-label", `${name}: ${row.dataset.number}`);
    } else {
      element.dataset.quiet = "";
      element.setAttribute("aria-hidden", "true");
    }
    if ("stepFree" in row.dataset) element.dataset.stepFree = "";
    element.append(words, " ", number);
    return { element, at: spot(row), isLink: Boolean(link) };
  }

  function nameOf(village) {
    const element = document.createElement("div");
    const words = document.createElement("span");
    element.className = "map-pin";
    element.dataset.village = "";
    element.setAttribute("aria-hidden", "true");
    words.textContent = village.dataset.village;
    element.append(words);
    return { element, at: spot(village), isName: true };
  }

  // Discs that would lie over each other are moved apart, as in the drawing; closer in they stand where they are.
  function moveApart(map, pins) {
    const links = pins.filter((pin) => pin.isLink);
    const real = links.map((pin) => map.project(pin.at));
    const at = real.map((one) => ({ x: one.x, y: one.y }));
    for (let round = 0; round < 40; round += 1) {
      at.forEach((one, i) => at.slice(i + 1).forEach(function (other, j) {
        const apart = Math.hypot(other.x - one.x, other.y - one.y);
        if (apart >= APART) return;
        const turn = 2.4 * (2 * i + j + 1);
        const [x, y] = apart > 0.01
          ? [(other.x - one.x) / apart, (other.y - one.y) / apart] : [Math.cos(turn), Math.sin(turn)];
        const push = (APART - apart) / 2;
        one.x -= x * push;
        one.y -= y * push;
        other.x += x * push;
        other.y += y * push;
      }));
    }
    links.forEach((pin, i) => pin.marker.setOffset([at[i].x - real[i].x, at[i].y - real[i].y]));
  }

  // Names never lie over each other: those of the villages come first, then of the places where most is on.
  function makeRoom(map, pins) {
    moveApart(map, pins);
    const taken = pins.map((pin) => pin.element.querySelector("b")).filter(Boolean)
      .map((disc) => [disc, disc.getBoundingClientRect()]);
    pins.forEach(function (pin) {
      const words = pin.element.querySelector("span");
      words.hidden = false;
      if (pin.isName) pin.marker.setOffset([0, 0]);
      const box = words.getBoundingClientRect();
      const [x, y] = pin.isName ? [box.width / 2 + 26, box.height / 2 + 20] : [0, 0];
      const ways = pin.isName ? [[0, -y], [0, y], [-x, 0], [x, 0], [-x, -y], [x, -y]] : [[0, 0]];
      const free = ways.map((way) => [way, moved(box, way)]).find(([, at]) => !taken.some(
        ([of, other]) => of.parentNode !== pin.element && at.left < other.right && other.left < at.right
          && at.top < other.bottom && other.top < at.bottom));
      words.hidden = !free;
      if (!free) return;
      taken.push([words, free[1]]);
      if (pin.isName) pin.marker.setOffset(free[0]);
    });
  }

  const moved = (box, [x, y]) => ({
    left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y,
  });

  function nearest(table) {
    const button = document.querySelector("[data-map-near]");
    const told = document.querySelector("[data-map-near-told]");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.geolocation.getCurrentPosition(
        function (found) {
          const { latitude, longitude } = found.coords;
          const east = METRES_A_DEGREE * Math.cos((latitude * Math.PI) / 180);
          const rows = [...table.tBodies[0].rows].map(function (row) {
            const [lon, lat] = spot(row);
            return [Math.hypot((lat - latitude) * METRES_A_DEGREE, (lon - longitude) * east), row];
          });
          rows.sort((a, b) => a[0] - b[0]);
          const number = new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: 2 });
          rows.forEach(function ([metres, row]) {
            const far = row.querySelector(".map-far");
            if (far) far.textContent = ` · ${number.format(metres / 1000)} km`;
            table.tBodies[0].append(row);
          });
          told.hidden = false;
          told.textContent = told.dataset.here;
        },
        function () {
          told.hidden = false;
          told.textContent = told.dataset.unknown;
        },
        { timeout: 10000, maximumAge: 300000 },
      );
    });
  }
})();
