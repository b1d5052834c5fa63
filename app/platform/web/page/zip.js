// Files -> one .zip of them, stored as they are: what we export is compressed already. Without a time, so that the same
// files give the same bytes.
const table = Uint32Array.from({length: 256}, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
});

export function crc32(bytes) {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
    return (crc ^ 0xffffffff) >>> 0;
}

const most_files = 0xffff, most_bytes = 0xffffffff;  // of the format without its extension for more
const first_day = 0x21;                              // 1980-01-01

// What the local header and the directory's entry have in common, from the version on.
function facts(name, bytes) {
    const part = new DataView(new ArrayBuffer(26));
    part.setUint16(0, 20, true);      // version 2.0
    part.setUint16(2, 0x0800, true);  // the name is UTF-8
    part.setUint16(8, first_day, true);
    part.setUint32(10, crc32(bytes), true);
    part.setUint32(14, bytes.length, true);
    part.setUint32(18, bytes.length, true);
    part.setUint16(22, name.length, true);
    return new Uint8Array(part.buffer);
}

export function zipped(files) {
    if (files.length > most_files) throw new Error(`A .zip holds at most ${most_files} files, not ${files.length}.`);
    const pieces = [], entries = [];
    let at = 0;
    for (const {name, bytes} of files) {
        const encoded = new TextEncoder().encode(name);
        const common = facts(encoded, bytes);
        const entry = new Uint8Array(46);
        entry.set([0x50, 0x4b, 1, 2, 20, 0]);
        entry.set(common, 6);
        new DataView(entry.buffer).setUint32(42, at, true);
        entries.push(entry, encoded);
        pieces.push(Uint8Array.of(0x50, 0x4b, 3, 4), common, encoded, bytes);
        at += 30 + encoded.length + bytes.length;
    }
    const size = entries.reduce((sum, part) => sum + part.length, 0);
    if (at + size > most_bytes) throw new Error("The files together are too large for a .zip.");
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, files.length, true);
    end.setUint16(10, files.length, true);
    end.setUint32(12, size, true);
    end.setUint32(16, at, true);
    const all = [...pieces, ...entries, new Uint8Array(end.buffer)];
    const whole = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
    let to = 0;
    for (const part of all) {
        whole.set(part, to);
        to += part.length;
    }
    return whole;
}
