"use strict";
// Loads the program into the page and shows how far it is, or says in one sentence why it cannot run.
(() => {
    const says = document.getElementById("says");
    const part = document.getElementById("part");
    const canvas = document.getElementById("canvas");
    let last = "";   // what the program said last
    const refuse = (why) => {
        document.getElementById("wait").style.display = "";
        part.hidden = true;
        says.textContent = why;
    };
    if (typeof WebAssembly !== "object" || !("Tag" in WebAssembly))
        return refuse("This browser is too old for Convloom: it lacks WebAssembly with exceptions.");
    if (!document.createElement("canvas").getContext("webgl2"))
        return refuse("Convloom needs WebGL 2, which this browser does not offer.");

    // As it arrives, so that the progress is told. The length is that of what is sent, which may be packed.
    const download = async (name) => {
        const answer = await fetch(name);
        if (!answer.ok) throw new Error(`${name} could not be loaded (${answer.status})`);
        const packed = answer.headers.get("Content-Encoding");
        const total = packed ? 0 : Number(answer.headers.get("Content-Length"));
        const reader = answer.body.getReader();
        const pieces = [];
        let got = 0;
        for (;;) {
            const {done, value} = await reader.read();
            if (done) break;
            pieces.push(value);
            got += value.length;
            if (total) part.value = got / total;
            else part.removeAttribute("value");
        }
        return new Blob(pieces).arrayBuffer();
    };

    window.Module = {
        canvas,
        arguments: [],
        instantiateWasm(imports, receive) {
            download("convloom.wasm")
                .then((bytes) => WebAssembly.instantiate(bytes, imports))
                .then(({instance, module}) => receive(instance, module))
                .catch((fault) => refuse(`Convloom could not be loaded: ${fault.message}.`));
            return {};
        },
        onRuntimeInitialized() {
            document.getElementById("wait").style.display = "none";
            canvas.focus();
        },
        printErr(line) {
            if (line.trim()) last = line.replace(/^convloom: /, "");
            console.error(line);
        },
        quit(status, ended) {
            if (status !== 0) refuse(last);
            throw ended;
        },
        onAbort(why) { refuse(`Convloom had to stop: ${why}`); },
    };
    const script = document.createElement("script");
    script.src = "convloom.js";
    script.onerror = () => refuse("Convloom could not be loaded: convloom.js is missing.");
    document.body.append(script);
})();
