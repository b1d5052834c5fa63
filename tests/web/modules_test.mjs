// Run by web_modules_test.py, which lays the modules beside it.
import assert from "node:assert";
import {writeFileSync} from "node:fs";
import test from "node:test";

import {Address} from "./address.js";
import {archive_name} from "./exports.js";
import {file_name, is_for_browser} from "./files.js";
import {is_ours, notches} from "./input.js";
import {asked} from "./words.mjs";
import {crc32, zipped} from "./zip.js";

const bytes = (text) => new TextEncoder().encode(text);

test("archives", () => {
    assert.equal(crc32(bytes("123456789")), 0xcbf43926);
    const files = [{name: "step_00.svg", bytes: bytes("<svg/>")},
                   {name: "步_01.svg", bytes: Uint8Array.from({length: 256 * 300}, (_, n) => n & 255)},
                   {name: "empty", bytes: new Uint8Array(0)}];
    const archive = zipped(files);
    assert.deepEqual(archive, zipped(files));
    writeFileSync("made.zip", archive);
    assert.throws(() => zipped(Array(70000).fill(files[2])), /65535/);
    assert.equal(archive_name("dilation_%03d.png"), "dilation.zip");
    assert.equal(archive_name("a.b-%d.svg"), "a.b.zip");
});

test("what the browser decodes", () => {
    for (const begin of ["\0\0\0\u0020ftypavif", "II*\0rest of it", "MM\0*rest of it", "<svg xmlns=''/>", "<?xml version='1.0'?>\n<!-- x -->\n<svg>"])
        assert.ok(is_for_browser(bytes(begin)), begin);
    for (const begin of ["\x89PNG\r\n\x1a\n", "GIF89a", "RIFF....WEBPVP8 ", "BM", "P6 1 1 255\n", "8BPS", "{\"layer\": {}}", "", "x"])
        assert.ok(!is_for_browser(Uint8Array.from(begin, (letter) => letter.charCodeAt(0))), begin);
    assert.equal(file_name("../../etc/pass\0wd"), ".._.._etc_pass_wd");
    assert.equal(file_name("holiday.tar.avif", true), "holiday.tar.png");
    assert.equal(file_name("holiday", true), "holiday.png");
    assert.equal(file_name(""), "file");
});

test("keys and wheels", () => {
    const key = (name, more = {}) => ({key: name, ctrlKey: false, altKey: false, metaKey: false, ...more});
    for (const ours of [key("ArrowRight"), key("F6"), key(" "), key("e", {ctrlKey: true}), key("S", {ctrlKey: true})]) assert.ok(is_ours(ours));
    // Reload, new tab, pasting, letters: theirs.
    for (const other of [key("F5"), key("F12"), key("t", {ctrlKey: true}), key("v", {ctrlKey: true}), key("r", {ctrlKey: true}), key("p"),
                         key("ArrowLeft", {altKey: true})])
        assert.ok(!is_ours(other), other.key);
    assert.deepEqual(notches({deltaX: 0, deltaY: 100, deltaMode: 0}), {x: 0, y: -1});
    assert.deepEqual(notches({deltaX: 0, deltaY: -3, deltaMode: 1}), {x: 0, y: 1});
    assert.deepEqual(notches({deltaX: 50, deltaY: 0, deltaMode: 0}), {x: -0.5, y: 0});
});

test("words of npx convloom", () => {
    assert.deepEqual(asked([]), {serves: true, port: undefined, open: true});
    assert.deepEqual(asked(["--no-open", "--port=8080"]), {serves: true, port: 8080, open: false});
    assert.deepEqual(asked(["--port", "81"]), {serves: true, port: 81, open: true});
    assert.match(asked(["--port", "x"]).fault, /“x”/);
    assert.match(asked(["--port"]).fault, /--port/);
    assert.equal(asked(["list"]).serves, false);
    assert.equal(asked(["--version"]).serves, false);
});

test("the address", () => {
    const opened = [], written = [];
    let due = null, listener = null, link = "v1?preset=dilation";
    const place = {
        location: {hash: "#v1?preset=padding", pathname: "/c/", search: ""},
        history: {replaceState(_, __, to) { written.push(to); place.location.hash = to.slice(to.indexOf("#")); }},
        setTimeout(call, ms) { assert.ok(ms >= 500); due = call; return 1; },
        clearTimeout() { due = null; },
        addEventListener(name, call) { assert.equal(name, "hashchange"); listener = call; },
    };
    const address = new Address({link: () => link, open: (text) => opened.push(text)}, place);
    address.open();
    assert.deepEqual(opened, ["#v1?preset=padding"]);
    // Many changes are one entry, replaced; what it wrote itself it does not open.
    for (let n = 0; n < 100; ++n) address.changed();
    due();
    assert.deepEqual(written, ["/c/#v1?preset=dilation"]);
    listener();
    assert.equal(opened.length, 1);
    address.changed();
    due();
    assert.equal(written.length, 1);
    place.location.hash = "#v1?preset=kind_1d";
    listener();
    assert.equal(opened[1], "#v1?preset=kind_1d");
});
