// What passes on a socket, cut into pieces that mean something: the head of the HTTP exchange, then WebSocket frames.

const TEXT = 1;
const CLOSE = 8;

/**
 * Takes bytes as they come, and answers the pieces that are complete: { bytes, head?, text?, closing? }.
 * Relay and pages send one frame a message, uncompressed; anything else passes without being understood.
 */
export function splitter() {
  let rest = Buffer.alloc(0);
  let head = true;
  return function* (/** @type {Buffer} */ more) {
    rest = rest.length ? Buffer.concat([rest, more]) : more;
    for (;;) {
      const size = head ? headSize(rest) : frameSize(rest);
      if (size === 0 || rest.length < size) return;
      const bytes = rest.subarray(0, size);
      rest = rest.subarray(size);
      yield head ? { bytes, head: bytes.toString('latin1') } : { bytes, ...read(bytes) };
      head = false;
    }
  };
}

function headSize(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? 0 : end + 4;
}

/** RFC 6455, section 5.2; 0: that much has not come yet. */
function frameSize(bytes) {
  const h = header(bytes);
  return h ? h.start + h.length : 0;
}

function header(bytes) {
  if (bytes.length < 2) return undefined;
  const masked = (bytes[1] & 0x80) !== 0;
  let length = bytes[1] & 0x7f;
  let start = 2;
  if (length === 126) {
    if (bytes.length < 4) return undefined;
    length = bytes.readUInt16BE(2);
    start = 4;
  } else if (length === 127) {
    if (bytes.length < 10) return undefined;
    length = Number(bytes.readBigUInt64BE(2));
    start = 10;
  }
  if (masked) start += 4;
  return bytes.length < start ? undefined : { start, length, mask: masked && bytes.subarray(start - 4, start) };
}

function read(bytes) {
  const { start, mask } = header(bytes);
  const opcode = bytes[0] & 0x0f;
  if (opcode === CLOSE) return { closing: true };
  if (opcode !== TEXT) return {};
  const payload = Buffer.from(bytes.subarray(start));
  if (mask) for (let i = 0; i < payload.length; i++) payload[i] ^= mask[i % 4];
  return { text: payload.toString() };
}
