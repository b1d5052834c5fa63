// Steps through the figure: the page holds the first step as SVG, and of every other step the lines that differ.
(() => {
    const data = JSON.parse(document.getElementById("steps").textContent);
    const figure = document.getElementById("figure"), slider = document.getElementById("slider"),
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
    // Each step as the numbers of its lines; a change is [place, lines to take out, the numbers to put there].
    const steps = [[...Array(data.first).keys()]];
    for (const changes of data.steps) {
        const now = [...steps[steps.length - 1]];
        for (const [place, out, ...numbers] of changes) now.splice(place, out, ...numbers);
        steps.push(now);
    }
    const svg = n => steps[n].map(number => lines[number]).join("\n");

    let at = 0, timer = 0;
    const last = steps.length - 1;
    const show = n => {
        at = Math.min(Math.max(n, 0), last);
        figure.innerHTML = svg(at);
        slider.value = at;
        slider.setAttribute("aria-valuetext", `${at + 1} / ${last + 1}`);
        count.textContent = `${at + 1} / ${last + 1}`;
        button("back").disabled = button("first").disabled = at === 0;
        button("next").disabled = button("end").disabled = at === last;
        if (!timer) said.textContent = figure.querySelector("title").textContent;
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
    addEventListener("keydown", event => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const keys = { ArrowLeft: () => go(at - 1), ArrowRight: () => go(at + 1), PageUp: () => go(at - 1), PageDown: () => go(at + 1),
            Home: () => go(0), End: () => go(last), " ": () => play.click() };
        if (!(event.key in keys) || (event.key === " " && event.target.tagName === "BUTTON")) return;
        keys[event.key]();
        event.preventDefault();
    });
    // A swipe goes the way of the pages of a book; a tap on the left third goes back, elsewhere forward.
    let from = null;
    figure.onpointerdown = event => { from = event.isPrimary ? [event.clientX, event.clientY] : null; };
    figure.onpointerup = event => {
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
