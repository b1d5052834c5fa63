// The page in Chromium: page_test.mjs ADDRESS. CONVLOOM is the program to compare with. Screenshots stay in the current folder.
import assert from "node:assert";
import {execFileSync} from "node:child_process";
import {mkdirSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";

import {address, browser, click_on, drop, limit_ms, opened, run, settle_ms, title_has, told, up} from "./page_stage.mjs";

const source = join(process.env.TESTS_DIR, "..");

await run({
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
    async "nothing is drawn while nothing moves"() {
        const page = await opened();
        await told(page, "step 1 of 9");
        await page.evaluate(() => {
            window.drawn = 0;
            const ask = window.requestAnimationFrame.bind(window);
            window.requestAnimationFrame = (draw) => ask((now) => { ++window.drawn; draw(now); });
        });
        await page.keyboard.press("ArrowRight");
        await told(page, "step 2 of 9");
        await page.waitForTimeout(settle_ms);
        const before = await page.evaluate(() => window.drawn);
        assert.ok(before > 0);
        await page.waitForTimeout(3000);
        assert.equal(await page.evaluate(() => window.drawn), before);
        await page.context().close();
    },
    async "files are chosen and dropped, and the browser reads what the program does not"() {
        const page = await opened();
        await told(page, "step 1 of 9");
        const chooser = page.waitForEvent("filechooser", {timeout: limit_ms});
        await page.mouse.click(97, 25);  // Open
        await (await chooser).setFiles(join(source, "docs/pictures/flat.png"));
        await title_has(page, "flat.png");
        await drop(page, "lighthouse.jpg", "image/jpeg", readFileSync(join(source, "assets/images/lighthouse.jpg")));
        await title_has(page, "lighthouse.jpg");
        await drop(page, "drawn.svg", "image/svg+xml", readFileSync(join(source, "docs/pictures/dilation.svg")));
        await title_has(page, "drawn.png");
        await page.screenshot({path: "photo.png"});
        await page.context().close();
    },
    async "the address follows, and is opened in a second page"() {
        const page = await opened();
        await page.waitForFunction(() => location.hash.startsWith("#v1?"));
        const before = await page.evaluate(() => history.length);
        for (let n = 0; n < 5; ++n) await page.keyboard.press("ArrowRight");
        await page.waitForFunction(() => location.hash.includes("step=5"));
        assert.equal(await page.evaluate(() => history.length), before);
        const second = await page.context().newPage();
        await second.goto(page.url());
        await up(second);
        await told(second, "step 6 of 9");
        await second.evaluate(() => { location.hash = "#v1?preset=dilation&view=stacked&step=2"; });
        await title_has(second, "Dilation");
        await told(second, "step 3 of 9");
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
    async "exports by a Worker are the program's, byte for byte, and one can be cancelled"() {
        const page = await opened();
        await told(page, "step 1 of 9");
        const preset = ["export", "--preset", "numerical_no_padding_no_strides"];
        mkdirSync("native");
        execFileSync(process.env.CONVLOOM, [...preset, "-o", "native/all.gif"]);
        execFileSync(process.env.CONVLOOM, [...preset, "-o", "native/numerical_no_padding_no_strides_%03d.png"]);
        const png = "export format .png", taps = "export taps", cancel = "export stop";
        const begun = async (...controls) => {
            await page.keyboard.press("Control+e");
            await page.waitForTimeout(settle_ms);
            for (const control of controls) {
                await click_on(page, control);
                await page.waitForTimeout(settle_ms);
            }
            const worker = page.waitForEvent("worker", {timeout: limit_ms});
            await page.keyboard.press("Enter");
            return worker;
        };
        const taken = async (name, ...controls) => {
            const download = page.waitForEvent("download", {timeout: limit_ms});
            assert.match((await begun(...controls)).url(), /worker\.js$/);
            await (await download).saveAs(name);
            assert.equal((await download).suggestedFilename(), `numerical_no_padding_no_strides.${name.split(".").pop()}`);
        };

        let downloads = 0;
        page.on("download", () => ++downloads);
        const worker = await begun(taps);  // of ninety frames
        const closed = new Promise((resolve) => worker.on("close", resolve));
        await page.waitForTimeout(settle_ms);
        await page.screenshot({path: "exporting.png"});
        await click_on(page, cancel);
        await closed;
        await page.waitForTimeout(settle_ms);
        assert.equal(downloads, 0);

        await taken("page.gif", taps);
        assert.ok(readFileSync("page.gif").equals(readFileSync("native/all.gif")), "the page's GIF is not the program's");
        await taken("page.zip", png);
        execFileSync("python3", ["-m", "zipfile", "-e", "page.zip", "frames"]);
        const names = readdirSync("native").filter((name) => name.endsWith(".png"));
        assert.deepEqual(readdirSync("frames").sort(), names.sort());
        for (const name of names)
            assert.ok(readFileSync(`frames/${name}`).equals(readFileSync(`native/${name}`)), `${name} is not the program's`);
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
});
