#!/usr/bin/env node
// Without a subcommand: serves the page on 127.0.0.1 and opens the browser. With one: the program itself, in this process.
import {spawn, spawnSync} from "node:child_process";
import {writeSync} from "node:fs";
import {createRequire} from "node:module";
import {fileURLToPath} from "node:url";

import {asked, link_in} from "./words.mjs";
import {served} from "./server.mjs";

const page = fileURLToPath(new URL("../page", import.meta.url));
const program = fileURLToPath(new URL("../program/convloom.js", import.meta.url));

const page_help = `
By npx there is no window: without a subcommand the page is served on 127.0.0.1 and opened in the browser.
  --preset NAME, open LINK, open FILE.convloom.json   what the page shows
  --no-open                   names the address only
  --port PORT                 the port, if it is free
`;

// Nothing of the address reaches a shell.
function browse(address) {
    const [program, ...words] = {
        darwin: ["open", address],
        win32: ["rundll32", "url.dll,FileProtocolHandler", address],
    }[process.platform] ?? ["xdg-open", address];
    const browser = spawn(program, words, {detached: true, stdio: "ignore"});
    browser.on("error", () => {});  // the address stands there anyway
    browser.unref();
}

// The program says whether it can be shown, and by which link; a link that is given keeps what it says about the page.
function link_of([flag, what]) {
    const {stdout, status} = spawnSync(process.execPath, [program, "link", flag, what, "--base", ""], {stdio: ["ignore", "pipe", "inherit"]});
    if (status !== 0) process.exit(status ?? 1);
    const given = flag === "--state" ? link_in(what) : null;
    return given && /^[!-~]*$/.test(given) ? given : link_in(stdout.toString().trim());
}

async function serve({port, open, shown}) {
    const link = shown ? `#${link_of(shown)}` : "";
    const server = await served(page, port).catch((fault) => fault);
    if (server instanceof Error) {
        writeSync(2, `convloom: The page cannot be served: ${server.message}.\n`);
        process.exit(1);
    }
    const address = `http://127.0.0.1:${server.address().port}/${link}`;
    writeSync(1, `Convloom is at ${address}   (Ctrl+C ends this)\n`);
    for (const signal of ["SIGINT", "SIGTERM"])
        process.on(signal, () => {
            server.close(() => process.exit(0));
            server.closeAllConnections?.();
        });
    if (open) browse(address);
}

// The program closes its standard output when it ends, so that nothing could follow in the same process.
function help() {
    const {stdout, status} = spawnSync(process.execPath, [program, "--help"], {stdio: ["ignore", "pipe", "inherit"]});
    writeSync(1, stdout + page_help);
    process.exitCode = status ?? 1;
}

const question = asked(process.argv.slice(2));
if (question.fault) {
    writeSync(2, `convloom: ${question.fault}\n`);
    process.exitCode = 2;
} else if (question.serves) {
    await serve(question);
} else if (["--help", "-h"].includes(process.argv[2])) {
    help();
} else {
    createRequire(import.meta.url)(program);  // reads process.argv and ends with its own status
}
