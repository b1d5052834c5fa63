// Pictures that the program does not read, but the browser does, as PNG: AVIF, SVG and, in some browsers, HEIC and TIFF.
const ascii = (bytes, from, length) => String.fromCharCode(...bytes.subarray(from, from + length));

// Formats left to the browser, recognised by the first bytes of the file.
export function is_for_browser(bytes) {
    const box = ascii(bytes, 4, 4), begin = ascii(bytes, 0, 4);
    if (box === "ftyp" || box === "JXL ") return true;
    if (begin === "II*\0" || begin === "MM\0*") return true;
    if (begin === "\0\0\u0001\0") return true;  // ICO
    return /^(\ufeff)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE[^>]*>\s*)?<svg[\s>]/s.test(new TextDecoder().decode(bytes.subarray(0, 4096)));
}

// The file name without folders and with the extension of the converted format.
export function file_name(name, is_png = false) {
    const plain = name.replace(/[/\\\0]/g, "_") || "file";
    return is_png ? plain.replace(/\.[^.]*$/, "") + ".png" : plain;
}

async function decoded(file) {
    const address = URL.createObjectURL(file);
    try {
        const picture = new Image();
        picture.src = address;
        await picture.decode();
        const canvas = document.createElement("canvas");
        canvas.width = picture.naturalWidth;
        canvas.height = picture.naturalHeight;
        canvas.getContext("2d").drawImage(picture, 0, 0);
        const png = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
        return new Uint8Array(await png.arrayBuffer());
    } finally {
        URL.revokeObjectURL(address);
    }
}

// The file as the program can read it. A file that the browser cannot read either is passed on unchanged, and the program reports what it is.
export async function readable(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!is_for_browser(bytes)) return {name: file_name(file.name), bytes};
    try {
        return {name: file_name(file.name, true), bytes: await decoded(file)};
    } catch {
        return {name: file_name(file.name), bytes};
    }
}
