// Input that GLFW does not handle: touch, wheels that report pixels, dropped files, and keys that the browser uses itself.

const wheel_pixels = 100;  // of one notch
const pinch_notch = 1.1;   // of the distance between two fingers, for one notch

// The browser would do something of its own with these; the others are left to it.
const own_keys = new Set(["F1", "F6", "F11", "Tab", " ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown",
                          "Home", "End", "/", "'"]);
const own_with_control = new Set("adefgkosyzb0+-=".split(""));

export function is_ours({key, ctrlKey, altKey, metaKey}) {
    if (altKey || metaKey) return false;
    return ctrlKey ? own_with_control.has(key.toLowerCase()) : own_keys.has(key);
}

// One notch of a wheel, up as positive, from what browsers tell in pixels, lines or pages, down as positive.
export function notches({deltaX, deltaY, deltaMode}) {
    const unit = deltaMode === 1 ? 3 : deltaMode === 2 ? 1 : wheel_pixels;
    const of = (delta) => delta === 0 ? 0 : -delta / unit;
    return {x: of(deltaX), y: of(deltaY)};
}

function take_wheel(canvas) {
    window.addEventListener("wheel", (event) => {
        if (event.target !== canvas || !event.isTrusted) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        roll(canvas, notches(event), event);
    }, {capture: true, passive: false});
}

// GLFW ignores the unit of the event.
function roll(canvas, {x, y}, {clientX, clientY}) {
    canvas.dispatchEvent(new WheelEvent("wheel", {deltaX: x, deltaY: y, clientX, clientY, bubbles: true, cancelable: true}));
}

// One finger is the mouse with its button down; two are the wheel, at the place between them.
function take_touch(canvas) {
    const fingers = new Map();
    let presses = false, apart = 0;
    const mouse = (type, {clientX, clientY}) =>
        canvas.dispatchEvent(new MouseEvent(type, {clientX, clientY, button: 0, bubbles: true, cancelable: true, view: window}));
    const distance = () => {
        const [a, b] = [...fingers.values()];
        return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };
    const middle = () => {
        const [a, b] = [...fingers.values()];
        return {clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2};
    };
    const lift = (at) => {
        if (presses) mouse("mouseup", at);
        presses = false;
    };
    canvas.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "touch") return;
        canvas.focus();
        canvas.setPointerCapture(event.pointerId);
        fingers.set(event.pointerId, event);
        if (fingers.size === 1) {
            mouse("mousemove", event);
            mouse("mousedown", event);
            presses = true;
        } else {
            lift(event);
            if (fingers.size === 2) apart = distance();
        }
    });
    canvas.addEventListener("pointermove", (event) => {
        if (!fingers.has(event.pointerId)) return;
        fingers.set(event.pointerId, event);
        if (fingers.size === 1 && presses) return mouse("mousemove", event);
        if (fingers.size !== 2) return;
        const now = distance();
        const turned = Math.trunc(Math.log(now / apart) / Math.log(pinch_notch));
        if (turned === 0) return;
        apart *= pinch_notch ** turned;
        mouse("mousemove", middle());
        roll(canvas, {x: 0, y: turned}, middle());
    });
    for (const type of ["pointerup", "pointercancel"])
        canvas.addEventListener(type, (event) => {
            if (!fingers.delete(event.pointerId)) return;
            if (fingers.size === 0) lift(event);
        });
    // Keeps the browser from sending emulated mouse events as well.
    for (const type of ["touchstart", "touchmove", "touchend"])
        canvas.addEventListener(type, (event) => event.preventDefault(), {passive: false});
}

// Runs before GLFW's own listener, which would pass files on unconverted.
function take_drops(open) {
    window.addEventListener("dragover", (event) => event.preventDefault(), true);
    window.addEventListener("drop", (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        const files = event.dataTransfer?.files;
        if (files?.length) open(files[files.length - 1]);
    }, true);
}

export function take_input(canvas, open) {
    window.addEventListener("keydown", (event) => {
        if (is_ours(event) && (event.target === canvas || event.target === document.body)) event.preventDefault();
    }, true);
    take_wheel(canvas);
    take_touch(canvas);
    take_drops(open);
}
