// Pictures of links as the page shows them: page_views.mjs ADDRESS NAME=LINK... leaves NAME.png, the whole page of 1280x720.
import {writeFileSync} from "node:fs";

import {box_of, browser, faults, limit_ms, opened} from "./page_stage.mjs";

const quiet_ms = 700;

async function at_rest(page) {
    let before = null;
    for (const end = Date.now() + limit_ms; Date.now() < end;) {
        const now = (await page.screenshot()).toString("base64");
        if (now === before) return Buffer.from(now, "base64");
        before = now;
        await page.waitForTimeout(quiet_ms);
    }
    throw new Error("The page does not come to rest.");
}

for (const word of process.argv.slice(3)) {
    const [name, link] = word.split(/=(.*)/s);
    const page = await opened({link});
    await page.mouse.move(5, 5);
    await box_of(page, "canvas");
    writeFileSync(`${name}.png`, await at_rest(page));
    await page.context().close();
}
await browser.close();
if (faults.length) console.log(faults.join("\n"));
process.exitCode = faults.length ? 1 : 0;
