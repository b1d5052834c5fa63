// Before the program in Node.js, whose own fetch() reads no files. Standard streams are terminals only where they are.
var fetch = undefined;
Module["onRuntimeInitialized"] = () => {
    for (let n = 0; n < 3; ++n) FS.streams[n].tty = require("tty").isatty(n);
};
