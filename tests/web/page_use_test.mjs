// The page as its readers use it, in Chromium: page_use_test.mjs ADDRESS. CONVLOOM is the program to compare with.
import assert from "node:assert";
import {execFileSync, spawnSync} from "node:child_process";
import {readFileSync} from "node:fs";
import {join} from "node:path";

import {another, box_of, click_on, drop, fill, limit_ms, middle, opened, place, run, title_has, told} from "./page_stage.mjs";

const photo = join(process.env.TESTS_DIR, "../assets/images/lighthouse.jpg");
const shots = "#v1?preset=numerical_no_padding_no_strides";

// Waits until a control is where it was not, or the other way round.
async function until(page, holds, what) {
    for (const end = Date.now() + limit_ms; Date.now() < end; await page.waitForTimeout(150))
        if (await holds()) return;
    throw new Error(`In vain: ${what}.`);
}

// Fingers: [[x, y], ...] at every moment, by the browser's own means.
async function touch(page, ...moments) {
    const client = await page.context().newCDPSession(page);
    const send = (type, points) => client.send("Input.dispatchTouchEvent", {type, touchPoints: points.map(([x, y], id) => ({x, y, id}))});
    await send("touchStart", moments[0]);
    for (const points of moments.slice(1)) {
        await page.waitForTimeout(60);
        await send("touchMove", points);
    }
    await page.waitForTimeout(200);  // a frame sees the finger down
    await send("touchEnd", []);
}

await run({
    async "a number is edited and undone"() {
        const page = await opened({link: shots});
        await told(page, "step 1 of 9");
        await fill(page, "stride", "2");
        await told(page, "step 1 of 4");
        await page.keyboard.press("Control+z");
        await told(page, "step 1 of 9");
        await click_on(page, "redo");
        await told(page, "step 1 of 4");
        await page.context().close();
    },
    async "the scrub bar is dragged"() {
        const page = await opened({link: shots});
        await told(page, "step 1 of 9");
        const [x, y, width, height] = await box_of(page, "scrub");
        await page.mouse.move(x + 4, y + height / 2);
        await page.mouse.down();
        for (let part = 1; part <= 8; ++part) {
            await page.mouse.move(x + 4 + (width - 8) * part / 8, y + height / 2);
            await page.waitForTimeout(60);
        }
        await page.mouse.up();
        await told(page, "step 9 of 9");
        await page.context().close();
    },
    async "a question of the tour is answered"() {
        const page = await opened();
        await click_on(page, "tour");
        await title_has(page, "A box slides over a box");
        await fill(page, "tour answer", "3");
        await box_of(page, "tour wrong");
        await fill(page, "tour answer", "2");
        await box_of(page, "tour right");
        await page.screenshot({path: "tour.png"});
        await page.context().close();
    },
    async "a photo is filtered and saved as the program saves it"() {
        const page = await opened({viewport: {width: 1280, height: 1400}});
        await told(page, "step 1 of 9");
        await drop(page, "lighthouse.jpg", "image/jpeg", readFileSync(photo));
        await title_has(page, "lighthouse.jpg");
        await click_on(page, "filter");
        await click_on(page, "filter sobel");
        await title_has(page, "sobel");
        const download = page.waitForEvent("download", {timeout: limit_ms});
        await click_on(page, "save photo");
        await (await download).saveAs("page.png");
        execFileSync(process.env.CONVLOOM, ["filter", photo, "--filter", "sobel", "-o", "native.png"]);
        assert.ok(readFileSync("page.png").equals(readFileSync("native.png")), "the page's filtered photo is not the program's");
        await page.screenshot({path: "filtered.png"});
        await page.context().close();
    },
    async "a picture is pasted without a question"() {
        const page = await opened();
        await told(page, "step 1 of 9");
        let downloads = 0;
        page.on("download", () => ++downloads);
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.evaluate(async (text) => {
            const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
            await navigator.clipboard.write([new ClipboardItem({"image/png": new Blob([bytes], {type: "image/png"})})]);
        }, readFileSync(join(photo, "../../../docs/pictures/flat.png")).toString("base64"));
        await page.context().clearPermissions();
        await page.keyboard.press("Control+v");
        await title_has(page, "pasted_");
        assert.equal(downloads, 0);
        await page.context().close();
    },
    async "a video is encoded by the browser"() {
        const page = await opened({link: shots});
        await told(page, "step 1 of 9");
        await page.keyboard.press("Control+e");
        await click_on(page, "export format .mp4");
        const download = page.waitForEvent("download", {timeout: limit_ms});
        await click_on(page, "export begin");
        await (await download).saveAs("page.mp4");
        assert.equal((await download).suggestedFilename(), "numerical_no_padding_no_strides.mp4");
        execFileSync(process.env.CONVLOOM, ["export", "--preset", "numerical_no_padding_no_strides", "-o", "native.mp4"]);
        const facts = (file) => execFileSync("ffprobe", ["-v", "error", "-count_frames", "-show_entries",
            "stream=codec_name,width,height,r_frame_rate,nb_read_frames", "-of", "csv", file], {encoding: "utf8"});
        assert.equal(facts("page.mp4"), facts("native.mp4"));
        // The same pictures but for what either encoder leaves out.
        const {stderr} = spawnSync("ffmpeg", ["-i", "page.mp4", "-i", "native.mp4", "-lavfi", "psnr", "-f", "null", "-"], {encoding: "utf8"});
        const decibels = Number(stderr.match(/average:([\d.]+|inf)/)[1]);
        assert.ok(decibels > 30, `the page's video is ${decibels} dB from the program's`);
        await page.context().close();
    },
    async "fingers tap, drag and pinch"() {
        const page = await opened({link: shots, viewport: {width: 800, height: 900}, deviceScaleFactor: 2, hasTouch: true});
        await told(page, "step 1 of 9");
        await touch(page, [await middle(page, "forward")]);
        await told(page, "step 2 of 9");
        const [x, y, width, height] = await box_of(page, "scrub");
        await touch(page, ...[0.2, 0.4, 0.6, 0.8, 1].map((part) => [[x + 4 + (width - 8) * part, y + height / 2]]));
        await told(page, "step 9 of 9");
        const before = await box_of(page, "page"), [cx, cy] = await middle(page, "canvas");
        await touch(page, ...[20, 40, 60, 80, 100].map((apart) => [[cx - apart, cy], [cx + apart, cy]]));
        await until(page, async () => (await box_of(page, "page"))[2] > 1.3 * before[2], "two fingers make the picture larger");
        await page.screenshot({path: "pinched.png"});
        await page.context().close();
    },
    async "another visit goes on with what was shown last, or starts afresh"() {
        const page = await opened({link: "#v1?preset=dilation&view=stacked&step=2&hide=gallery&lock=1"});
        await told(page, "step 3 of");
        await page.waitForFunction(() => localStorage.getItem("convloom last link"));
        const again = await another(page.context());
        await title_has(again, "Dilation");
        await told(again, "step 3 of");
        await box_of(again, "gallery dilation");  // hidden by the link, not by the reader
        await again.screenshot({path: "goes_on.png"});
        await again.click("#taken");
        await told(again, "step 1 of 9");
        assert.ok(await again.isHidden("#offer"));
        await page.context().close();
    },
    async "where the browser wants a click before its dialog, a button is offered"() {
        const page = await opened();
        await told(page, "step 1 of 9");
        await page.evaluate(() => Object.defineProperty(navigator, "userActivation", {value: {isActive: false}}));
        await page.keyboard.press("Control+o");
        const chooser = page.waitForEvent("filechooser", {timeout: limit_ms});
        await page.click("#taken");
        await (await chooser).setFiles(photo);
        await title_has(page, "lighthouse.jpg");
        await page.context().close();
    },
    async "Ctrl+O opens the dialog of a fresh page"() {
        const page = await opened();
        // Of the browser itself: playwright does not hear of each that opens so early.
        const client = await page.context().newCDPSession(page);
        await client.send("Page.enable");
        await client.send("Page.setInterceptFileChooserDialog", {enabled: true});
        const asked = new Promise((resolve) => client.on("Page.fileChooserOpened", resolve));
        await page.keyboard.press("Control+o");
        await until(page, () => Promise.race([asked, page.waitForTimeout(50)]), "a dialog opens");
        await page.context().close();
    },
});
