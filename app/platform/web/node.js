// Before the program in Node.js, whose own fetch() reads no files.
var fetch = undefined;
