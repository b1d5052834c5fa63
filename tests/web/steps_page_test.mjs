// Exported pages of steps in Chromium: steps_page_test.mjs PAGE NUMBERS DARK, a figure without its sum, one with numbers, and one
// of a dark theme. Leaves pictures for the script that started it.
import assert from "node:assert/strict";
import {createRequire} from "node:module";
import {join} from "node:path";
import {pathToFileURL} from "node:url";

const {chromium} = createRequire(join(process.env.PLAYWRIGHT, "x.js"))("playwright-core");
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-background-networking"]});
const [address, numbers, dark] = process.argv.slice(2, 5).map((file) => String(pathToFileURL(file))), limit_ms = 60_000;

async function opened(options, which = address) {
    const context = await browser.newContext({viewport: {width: 1920, height: 1136}, ...options});
    const page = await context.newPage(), asked = [];
    page.setDefaultTimeout(limit_ms);
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (fault) => assert.fail(String(fault)));
    await page.goto(which);
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
        assert.match(await said(page), new RegExp(`step ${shown} of 25\\. .* = [0-9]+$`));
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
// A cell that is pointed at says what it is, by a mouse and by a finger that rests; the sum is there for all.
async function cell(page, name, rows, row, column) {
    return page.evaluate(([which, n, r, c]) => {
        const box = document.querySelector(`.${which}-cells`).getBoundingClientRect();
        return [box.x + (c + 0.5) * box.width / n, box.y + (r + 0.5) * box.height / n];
    }, [name, rows, row, column]);
}
// The pointer's events come with the next frame.
async function tells(page, wanted) {
    await page.waitForFunction((text) => {
        const tip = document.getElementById("tip");
        return (tip.hidden ? "" : tip.textContent) === text;
    }, wanted).catch(() => assert.fail(`the tip does not say “${wanted}”`));
}
{
    const {page} = await opened({}, numbers);
    assert.match(await said(page), /step 1 of 9\. 0·0 \+ 0·1 .* = 6$/);
    assert.equal(await page.locator("#sum").count(), 0, "the figure writes its sum itself");
    await page.mouse.move(...await cell(page, "input", 5, 1, 2));
    await tells(page, "Input (1, 2) = 1");
    assert.equal(await page.locator("#pointed").count(), 1);
    const [x, y] = await cell(page, "output", 3, 0, 1);
    await page.mouse.move(x, y);
    await tells(page, "Output (0, 1), not computed yet");
    await page.keyboard.press("ArrowRight");
    await tells(page, "Output (0, 1) = 17");
    await page.mouse.move(5, 5);
    await tells(page, "");
    assert.equal(await page.locator("#pointed").count(), 0);
}
{
    const {page} = await opened({viewport: {width: 844, height: 390}, hasTouch: true, isMobile: true}, numbers);
    assert.ok(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight), "a phone on its side shows all");
    const [x, y] = await cell(page, "input", 5, 1, 2), touch = await page.context().newCDPSession(page);
    await touch.send("Input.dispatchTouchEvent", {type: "touchStart", touchPoints: [{x, y}]});
    await page.locator("#tip").waitFor();
    await tells(page, "Input (1, 2) = 1");
    await touch.send("Input.dispatchTouchEvent", {type: "touchEnd", touchPoints: []});
    await page.locator("#tip").waitFor({state: "hidden"});
    assert.equal(await count(page), "1 / 9", "a finger that rested makes no step");
    await page.touchscreen.tap(x + 300, y);
    assert.equal(await count(page), "2 / 9", "a tap does");
}
{
    const {page} = await opened();
    await page.keyboard.press("ArrowRight");
    await page.locator("#sum").focus();
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#sum").getAttribute("aria-pressed"), "true");
    assert.ok(await page.locator("#said").evaluate((one) => one.getBoundingClientRect().width > 300), "the sum is shown");
    assert.match(await said(page), /1·2 \+ 1·0 = 2$/);
}
// The controls, for a look at their contrasts.
for (const [name, which] of [["light", numbers], ["dark", dark]])
    for (const colorScheme of ["light", "dark"]) {
        const {page} = await opened({viewport: {width: 960, height: 600}, colorScheme}, which);
        await page.locator("#next").click();
        await page.mouse.move(5, 5);
        await page.evaluate(() => document.activeElement.blur());
        for (const control of ["next", "play", "count", "slider"])
            await page.locator(`#${control}`).screenshot({path: `${name}_${colorScheme}_${control}.png`});
    }
{
    const {page} = await opened({javaScriptEnabled: false});
    assert.ok(await page.locator("#figure svg").isVisible(), "the first step is there without scripts");
}
await browser.close();
