// An exported page of steps in Chromium: steps_page_test.mjs PAGE. Leaves pictures for the script that started it.
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const {chromium} = createRequire(join(process.env.PLAYWRIGHT, "x.js"))("playwright-core");
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-background-networking"]});
const address = String(pathToFileURL(process.argv[2])), limit_ms = 60_000;

async function opened(options) {
    const context = await browser.newContext({viewport: {width: 1920, height: 1136}, ...options});
    const page = await context.newPage(), asked = [];
    page.setDefaultTimeout(limit_ms);
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (fault) => assert.fail(String(fault)));
    await page.goto(address);
    return {page, asked};
}
const count = (page) => page.locator("#count").textContent();
const said = (page) => page.locator("#said").textContent();

{
    const {page, asked} = await opened();
    assert.equal(await count(page), "1 / 25");
    // Shown and read again, each step is the text that was put there: what the script takes out of the page is exact.
    assert.equal(await page.evaluate(() => {
        const figure = document.getElementById("figure");
        for (let n = 0; n < convloom.count; ++n) {
            convloom.show(n);
            if (figure.innerHTML !== convloom.svg(n)) return `step ${n}`;
        }
        return "";
    }), "");
    await page.keyboard.press("Home");
    for (const [key, shown] of [["ArrowRight", 2], ["ArrowRight", 3], ["ArrowLeft", 2], ["End", 25], ["ArrowRight", 25], ["Home", 1],
                                ["PageDown", 2], ["PageUp", 1], ["ArrowLeft", 1]]) {
        await page.keyboard.press(key);
        assert.equal(await count(page), `${shown} / 25`, key);
        assert.match(await said(page), new RegExp(`step ${shown} of 25`));
    }
    await page.locator("#slider").fill("4");
    assert.equal(await count(page), "5 / 25");
    await page.screenshot({path: "step_5.png"});
    const box = await page.locator("#figure").boundingBox();
    await page.mouse.click(box.x + box.width * 0.7, box.y + 300);
    assert.equal(await count(page), "6 / 25", "a click on the right");
    await page.mouse.click(box.x + box.width * 0.1, box.y + 300);
    assert.equal(await count(page), "5 / 25", "a click on the left third");
    await page.mouse.move(box.x + 900, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(box.x + 600, box.y + 310, {steps: 4});
    await page.mouse.up();
    assert.equal(await count(page), "6 / 25", "a swipe to the left");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press(" ");
    assert.equal(await page.locator("#play").getAttribute("aria-label"), "Pause");
    await page.waitForFunction(() => document.getElementById("play").getAttribute("aria-label") === "Play");
    assert.equal(await count(page), "25 / 25", "playing ends at the last step");
    await page.locator("#play").click();
    await page.waitForFunction(() => document.getElementById("count").textContent === "3 / 25");
    await page.keyboard.press("Home");
    assert.equal(await page.locator("#play").getAttribute("aria-label"), "Play", "a key stops playing");
    assert.deepEqual(asked, [address], "nothing else is asked for");
}
{
    const {page} = await opened({colorScheme: "dark"});
    await page.screenshot({path: "dark.png"});
    await page.locator("#shade").click();
    await page.screenshot({path: "light.png"});
}
{
    const {page} = await opened({viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true, deviceScaleFactor: 2});
    await page.locator("#next").tap();
    assert.equal(await count(page), "2 / 25");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page fits the phone's width");
    await page.screenshot({path: "phone.png"});
}
{
    const {page} = await opened({javaScriptEnabled: false});
    assert.ok(await page.locator("#figure svg").isVisible(), "the first step is there without scripts");
}
await browser.close();
