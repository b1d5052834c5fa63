// The page in Chromium: page_test.mjs ADDRESS. PLAYWRIGHT is a folder with playwright-core in node_modules, CHROMIUM the browser, CONVLOOM
// the program to compare with. Its screenshots stay in the current folder.
import assert from "node:assert";
import {execFileSync} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";

const {chromium} = createRequire(join(process.env.PLAYWRIGHT, "x.js"))("playwright-core");
const address = process.argv[2];
const source = join(process.env.TESTS_DIR, "..");
const limit_ms = 90_000;

const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
           "--disable-background-networking"],
});
const faults = [];

async function opened(options = {}) {
    const context = await browser.newContext({viewport: {width: 1280, height: 720}, reducedMotion: "reduce", acceptDownloads: true, ...options});
    const page = await context.newPage();
    page.setDefaultTimeout(limit_ms);
    page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
    page.on("pageerror", (fault) => faults.push(String(fault)));
    await page.goto(address);
    await up(page);
    return page;
}

const up = (page) => page.waitForFunction(() => document.getElementById("wait").hidden, null, {timeout: limit_ms});
const title_has = (page, text) => page.waitForFunction((text) => document.title.includes(text), text, {timeout: limit_ms});
const told = (page, text) => page.waitForFunction((text) => document.getElementById("told").textContent.includes(text), text, {timeout: limit_ms});

async function drop(page, name, type, bytes) {
    const data = await page.evaluateHandle(([name, type, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))], name, {type}));
        return data;
    }, [name, type, bytes.toString("base64")]);
    await page.dispatchEvent("#canvas", "drop", {dataTransfer: data});
}

const tests = {
    async "steps by keys are told in the title and the live text"() {
        const page = await opened();
        await told(page, "step 1 of 9");
        await page.keyboard.press("ArrowRight");
        await title_has(page, "step 2 of 9");
        await told(page, "step 2 of 9");
        await page.keyboard.press("End");
        await told(page, "step 9 of 9");
        await page.keyboard.press("2");
        await told(page, "the window over the input plane");
        await page.screenshot({path: "stacked.png"});
        await page.context().close();
    },
    async "files are dropped, and the browser reads what the program does not"() {
        const page = await opened();
        await drop(page, "lighthouse.jpg", "image/jpeg", readFileSync(join(source, "assets/images/lighthouse.jpg")));
        await title_has(page, "lighthouse.jpg");
        await drop(page, "drawn.svg", "image/svg+xml", readFileSync(join(source, "docs/pictures/dilation.svg")));
        await title_has(page, "drawn.png");
        await page.screenshot({path: "photo.png"});
        await page.context().close();
    },
    async "reloads without a network"() {
        const page = await opened();
        await page.waitForFunction(() => navigator.serviceWorker.controller);
        await page.context().setOffline(true);
        await page.reload();
        await up(page);
        await told(page, "step 1 of 9");
        await page.context().close();
    },
    async "the canvas has the device's pixels, from a phone's to 3840x2160"() {
        for (const [name, viewport, scale] of [["phone", {width: 360, height: 640}, 2], ["large", {width: 3840, height: 2160}, 1]]) {
            const page = await opened({viewport, deviceScaleFactor: scale, hasTouch: name === "phone"});
            await told(page, "step 1 of 9");
            const canvas = await page.evaluate(() => [document.getElementById("canvas").width, document.getElementById("canvas").height]);
            assert.deepEqual(canvas, [viewport.width * scale, viewport.height * scale]);
            await page.screenshot({path: `${name}.png`});
            await page.context().close();
        }
    },
    async "a browser without WebGL 2 is told so in a sentence, with a picture"() {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.addInitScript(() => {
            const real = HTMLCanvasElement.prototype.getContext;
            HTMLCanvasElement.prototype.getContext = function(kind, ...more) { return kind === "webgl2" ? null : real.call(this, kind, ...more); };
        });
        await page.goto(address);
        assert.match(await page.textContent("#says"), /needs WebGL 2/);
        await page.waitForFunction(() => document.getElementById("still").naturalWidth > 0);
        await context.close();
    },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
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
