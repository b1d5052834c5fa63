// Loads the program into the page and shows how far it is, or says in one sentence why it cannot run.
import {Address} from "./address.js";
import {begin_export, end_export} from "./exports.js";
import {readable} from "./files.js";
import {take_input} from "./input.js";

const element = (id) => document.getElementById(id);
const canvas = element("canvas");

function refuse(why) {
    canvas.hidden = true;
    element("wait").hidden = false;
    element("part").hidden = true;
    element("says").textContent = why;
    element("still").src = "still.png";
    element("still").hidden = false;
}

function missing() {
    if (typeof WebAssembly !== "object" || !("Tag" in WebAssembly))
        return "This browser is too old for Convloom: it lacks WebAssembly with exceptions.";
    if (!document.createElement("canvas").getContext("webgl2"))
        return "Convloom needs WebGL 2, which this browser does not offer.";
    return null;
}

// Read in chunks to report progress. The content length is that of the transferred, possibly compressed, data.
async function download(name) {
    const answer = await fetch(name);
    if (!answer.ok) throw new Error(`${name} is answered with ${answer.status}`);
    const total = answer.headers.get("Content-Encoding") ? 0 : Number(answer.headers.get("Content-Length"));
    const reader = answer.body.getReader();
    const pieces = [];
    let got = 0;
    for (;;) {
        const {done, value} = await reader.read();
        if (done) break;
        pieces.push(value);
        got += value.length;
        if (total) element("part").value = got / total;
        else element("part").removeAttribute("value");
    }
    return new Blob(pieces).arrayBuffer();
}

// There once something is shown, which is then what the address asks for, if it does.
let address = null;
function follow_address() {
    if (address) return;
    const {ccall} = globalThis.Module;
    address = new Address({
        link: () => ccall("convloom_link", "string", [], []),
        open: (link) => ccall("convloom_open_link", null, ["string"], [link]),
    });
    if (address.open()) offer_fresh_start();
    address.changed();
}

// A sentence with a button at the lower edge, for a while.
const offered_ms = 12_000;
let offering = 0;
function offer(words, button, act) {
    const done = () => { element("offer").hidden = true; };
    element("offered").textContent = words;
    element("taken").textContent = button;
    element("taken").onclick = () => {
        done();
        canvas.focus();
        act();
    };
    element("offer").hidden = false;
    clearTimeout(offering);
    offering = setTimeout(done, offered_ms);
}

function offer_fresh_start() {
    const chinese = navigator.language.startsWith("zh");
    offer(chinese ? "已恢复上次的内容。" : "This is what you had last time.", chinese ? "重新开始" : "Start afresh", () => {
        address.forget();
        globalThis.location.hash = "#v1";  // the opening example
    });
}

// A screen reader is told the step at which playing stops, not every step while it plays.
const rest_ms = 700;
let telling = 0;
function tell(sentence) {
    if (address) address.changed();
    else setTimeout(follow_address);  // when this frame is done
    clearTimeout(telling);
    telling = setTimeout(() => { element("told").textContent = sentence; }, rest_ms);
}

// A file of the reader's becomes one of the page's, and is opened.
async function open(file) {
    const {name, bytes} = await readable(file);
    const module = globalThis.Module;
    const path = `/files/${name}`;
    module.FS.mkdirTree("/files");
    module.FS.writeFile(path, bytes);
    module.ccall("convloom_open_file", null, ["string"], [path]);
}

// The program's last message, which is the reason if it ends.
let said = "";

function start() {
    globalThis.Module = {
        canvas,
        arguments: [],
        tell,
        readable,  // for file_dialog.cpp and clipboard.cpp
        offer,
        begin_export,
        end_export,
        instantiateWasm(imports, receive) {
            download("convloom.wasm")
                .then((bytes) => WebAssembly.instantiate(bytes, imports))
                .then(({instance, module}) => {
                    globalThis.Module.compiled = module;  // for the exports' Worker too
                    receive(instance, module);
                })
                .catch((fault) => refuse(`Convloom could not be loaded: ${fault.message}.`));
            return {};
        },
        onRuntimeInitialized() {
            element("wait").hidden = true;
            canvas.focus();
            take_input(canvas, open);
        },
        printErr(line) {
            console.error(line);
            if (line) said = line.replace(/^convloom: /, "");
        },
        quit(status, ended) {
            if (status !== 0) refuse(said || `Convloom ended with the status ${status}.`);
            throw ended;
        },
        onAbort(why) { refuse(`Convloom had to stop: ${why}`); },
    };
    const script = document.createElement("script");
    script.src = "convloom.js";
    script.onerror = () => refuse("Convloom could not be loaded: convloom.js is missing.");
    document.body.append(script);
}

const why = missing();
if (why) refuse(why);
else start();

// Once loaded it works without a network (sw.js). Where there is no service worker, it needs one.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => {});
