// Steps through the figure: the page holds the first step as SVG, and of every other step the lines that differ.
(() => {
    const data = JSON.parse(document.getElementById("steps").textContent), cells = data.cells;
    const figure = document.getElementById("figure"), slider = document.getElementById("slider"), tip = document.getElementById("tip"),
        count = document.getElementById("count"), said = document.getElementById("said"),
        play = document.getElementById("play"), button = name => document.getElementById(name);

    // Lines that occur, each in full or as a part of an earlier one: [its number, characters kept at both ends, what is between].
    const lines = figure.innerHTML.split("\n");
    for (const one of data.lines)
        if (typeof one === "string") lines.push(one);
        else {
            const [base, head, tail, middle] = one, from = lines[base];
            lines.push(from.slice(0, head) + middle + from.slice(from.length - tail));
        }
    // A step as the numbers of its lines; a change is [place, lines to take out, the numbers to put there]. Every 32nd is kept.
    const kept = [[...Array(data.first).keys()]], every = 32;
    const numbers = n => {
        const from = Math.min(Math.floor(n / every), kept.length - 1), now = [...kept[from]];
        for (let k = from * every; k < n;) {
            for (const [place, out, ...more] of data.steps[k]) now.splice(place, out, ...more);
            if (++k % every === 0 && k / every === kept.length) kept.push([...now]);
        }
        return now;
    };
    const svg = n => numbers(n).map(number => lines[number]).join("\n");

    // The sum as it is written below the figure: the lines of text in which a sign of it stands alone.
    const sum = () => {
        const rows = new Map();
        for (const text of figure.querySelectorAll("text[x]")) {
            const y = text.getAttribute("y");
            rows.set(y, [...rows.get(y) || [], text]);
        }
        const x = text => Number(text.getAttribute("x")), order = [...rows.keys()].sort((a, b) => a - b);
        return order.map(y => rows.get(y)).filter(row => row.some(text => ["=", "≈", "+"].includes(text.textContent)) &&
            row.some(text => /[^=≈+*·−×\s-]/.test(text.textContent))).map(row => row.sort((a, b) => x(a) - x(b)).map(text => text.textContent.trim()).join(" ")).join(" ");
    };

    let at = 0, timer = 0, sums = false;
    const last = data.steps.length;
    const show = n => {
        at = Math.min(Math.max(n, 0), last);
        figure.innerHTML = svg(at);
        slider.value = at;
        slider.setAttribute("aria-valuetext", `${at + 1} / ${last + 1}`);
        count.textContent = `${at + 1} / ${last + 1}`;
        button("back").disabled = button("first").disabled = at === 0;
        button("next").disabled = button("end").disabled = at === last;
        said.setAttribute("aria-live", timer ? "off" : "polite");
        if (!timer || sums) said.textContent = `${figure.querySelector("title").textContent}. ${data.sums[at] || sum()}`;
        if (!tip.hidden) point(pointer);
    };
    const stop = () => {
        clearInterval(timer);
        timer = 0;
        play.textContent = "▶";
        play.setAttribute("aria-label", data.words.play);
        show(at);
    };
    const start = () => {
        if (at === last) show(0);
        timer = setInterval(() => at === last ? stop() : show(at + 1), 1000 / data.rate);
        play.textContent = "II";
        play.setAttribute("aria-label", data.words.pause);
    };
    const go = n => { if (timer) stop(); show(n); };

    // What is under the pointer: a grid is a place [the map of cells of side 1 to the page, its first column and row, columns, rows]
    // and texts [what all begin with, of each the rest, or the number of one that says the same, from 1], or [begin, rest, value,
    // the step since when it is known].
    let pointer = null;
    const words = ([begin, rest, values, since], n) =>
        rest[n] === 0 ? "" : begin + (typeof rest[n] === "number" ? rest[rest[n] - 1] : rest[n]) + (!since ? "" : since[n] > at ? data.words.later : values[n]);
    const under = point => {
        let n = Math.min(at, cells.steps.length - 1);
        while (n >= 0 && cells.steps[n] === 0) --n;
        for (const [place, text] of cells.steps[n] || []) {
            const [xx, xy, x0, yx, yy, y0, left, top, columns, rows] = cells.places[place], d = xx * yy - xy * yx;
            const column = Math.floor((yy * (point.x - x0) - xy * (point.y - y0)) / d) - left,
                row = Math.floor((xx * (point.y - y0) - yx * (point.x - x0)) / d) - top;
            if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
            const says = words(cells.texts[text], row * columns + column);
            if (says) return { says, corners: [[0, 0], [1, 0], [1, 1], [0, 1]].map(([c, r]) => [column + left + c, row + top + r])
                .map(([c, r]) => `${xx * c + xy * r + x0},${yx * c + yy * r + y0}`).join(" ") };
        }
        return null;
    };
    const point = event => {
        pointer = event;
        figure.querySelector("#pointed")?.remove();
        const drawn = figure.querySelector("svg"), map = drawn.getScreenCTM();
        const found = event && map && under(new DOMPoint(event.clientX, event.clientY).matrixTransform(map.inverse()));
        tip.hidden = !found;
        if (!found) return;
        tip.textContent = found.says;
        tip.style.left = `${Math.max(0, Math.min(event.pageX + 12, innerWidth - tip.offsetWidth))}px`;
        tip.style.top = `${event.pageY + (event.clientY < 44 ? 20 : -44)}px`;
        const mark = drawn.ownerDocument.createElementNS(drawn.namespaceURI, "polygon");
        for (const [key, value] of Object.entries({ id: "pointed", points: found.corners, fill: "none", "stroke-width": 3 })) mark.setAttribute(key, value);
        mark.style.stroke = "var(--accent)";
        drawn.append(mark);
    };

    button("first").onclick = () => go(0);
    button("back").onclick = () => go(at - 1);
    button("next").onclick = () => go(at + 1);
    button("end").onclick = () => go(last);
    play.onclick = () => timer ? stop() : start();
    slider.max = last;
    slider.oninput = () => go(Number(slider.value));
    button("shade").onclick = () => {
        const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.shade = (root.dataset.shade || (dark ? "dark" : "light")) === "dark" ? "light" : "dark";
    };
    if (button("sum")) button("sum").onclick = () => {
        sums = document.body.classList.toggle("sums");
        button("sum").setAttribute("aria-pressed", sums);
        show(at);
    };
    addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const keys = { ArrowLeft: () => go(at - 1), ArrowRight: () => go(at + 1), PageUp: () => go(at - 1), PageDown: () => go(at + 1),
            Home: () => go(0), End: () => go(last), " ": () => play.click() };
        if (!(event.key in keys) || (event.key === " " && event.target.tagName === "BUTTON")) return;
        keys[event.key]();
        event.preventDefault();
    });
    // A swipe goes the way of the pages of a book; a tap on the left third goes back, elsewhere forward. A finger that rests
    // points, as a mouse does.
    let from = null, rest = 0;
    figure.onpointerdown = event => {
        from = event.isPrimary ? [event.clientX, event.clientY] : null;
        if (event.pointerType === "touch") rest = setTimeout(() => { point(event); if (!tip.hidden) from = null; }, 400);
    };
    figure.onpointermove = event => {
        if (event.pointerType !== "touch") point(event);
        else if (from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 10) clearTimeout(rest);
    };
    const leave = () => { clearTimeout(rest); point(null); };
    figure.onpointerleave = figure.onpointercancel = leave;
    figure.onpointerup = event => {
        if (event.pointerType === "touch") leave();
        if (!from) return;
        const x = event.clientX - from[0], y = event.clientY - from[1], box = figure.getBoundingClientRect();
        from = null;
        if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) go(at + (x < 0 ? 1 : -1));
        else if (Math.hypot(x, y) < 10) go(at + (event.clientX - box.left < box.width / 3 ? -1 : 1));
    };
    document.getElementById("controls").hidden = last === 0;
    show(0);
    window.convloom = { svg, show: go, count: last + 1 };
})();
