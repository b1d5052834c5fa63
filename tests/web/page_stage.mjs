// What the page's tests share: Chromium, a page with the program in it, and its controls by their names. PLAYWRIGHT is a folder
// with playwright-core in node_modules, CHROMIUM the browser.
import {createRequire} from "node:module";
import {join} from "node:path";

const {chromium} = createRequire(join(process.env.PLAYWRIGHT, "x.js"))("playwright-core");
export const address = process.argv[2];
export const limit_ms = 90_000, settle_ms = 1500;

export const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
           "--disable-background-networking"],
});
export const faults = [];  // in the consoles of all pages

// Has the program write where its controls are, as for the tests of its window (app/gui/base/places.hpp).
function tell_places() {
    let module;
    Object.defineProperty(window, "Module", {
        get: () => module,
        set(given) {
            given.preRun = [() => { globalThis.ENV.CONVLOOM_PLACES = "/tmp/places.json"; }];
            module = given;
        },
    });
}

export const up = (page) => page.waitForFunction(() => document.getElementById("wait").hidden, null, {timeout: limit_ms});

export async function opened({link = "", ...options} = {}) {
    const context = await browser.newContext({viewport: {width: 1280, height: 720}, reducedMotion: "reduce", acceptDownloads: true, ...options});
    await context.addInitScript(tell_places);
    return another(context, link);
}

export async function another(context, link = "") {
    const page = await context.newPage();
    page.setDefaultTimeout(limit_ms);
    page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
    page.on("pageerror", (fault) => faults.push(String(fault)));
    await page.goto(address + link);
    await up(page);
    return page;
}

export const title_has = (page, text) => page.waitForFunction((text) => document.title.includes(text), text, {timeout: limit_ms});
export const told = (page, text) =>
    page.waitForFunction((text) => document.getElementById("told").textContent.includes(text), text, {timeout: limit_ms});

// [x, y, width, height] of a control in the page's pixels, or null.
export const place = (page, name) => page.evaluate((name) => {
    try {
        const box = JSON.parse(Module.FS.readFile("/tmp/places.json", {encoding: "utf8"}))[name];
        return box ? box.map((side) => side / devicePixelRatio) : null;
    } catch {
        return null;
    }
}, name);

// Once it has stopped moving.
export async function box_of(page, name) {
    let before = null;
    for (const end = Date.now() + limit_ms; Date.now() < end;) {
        const now = await place(page, name);
        if (now && String(now) === String(before)) return now;
        before = now;
        await page.waitForTimeout(150);
    }
    throw new Error(`There is no control “${name}”.`);
}

export async function middle(page, name) {
    const [x, y, width, height] = await box_of(page, name);
    return [x + width / 2, y + height / 2];
}

export const click_on = async (page, name) => page.mouse.click(...await middle(page, name));

export async function fill(page, name, text) {
    await click_on(page, name);
    await page.waitForTimeout(settle_ms / 3);
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
}

export async function drop(page, name, type, bytes) {
    const data = await page.evaluateHandle(([name, type, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name, {type}));
        return data;
    }, [name, type, bytes.toString("base64")]);
    await page.dispatchEvent("#canvas", "drop", {dataTransfer: data});
}

// Runs tests, {name: function}, and ends the program with their outcome.
export async function run(tests) {
    let failed = 0;
    for (const [name, test] of Object.entries(tests)) {
        if (process.env.ONLY && !name.includes(process.env.ONLY)) continue;  // while one is worked on
        try {
            await test();
            console.log(`ok: ${name}`);
        } catch (fault) {
            ++failed;
            console.log(`FAILED: ${name}\n${fault.stack}`);
        }
    }
    await browser.close();
    if (faults.length) console.log(`Errors in the console:\n${faults.join("\n")}`);
    process.exitCode = failed || faults.length ? 1 : 0;
}
