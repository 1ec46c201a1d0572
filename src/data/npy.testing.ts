import { crc32, deflateRawSync } from 'node:zlib';

/** What the header of a file says, and how. */
export interface NpyHeader {
  readonly version?: number;
  readonly isColumnMajor?: boolean;
  /** In place of the dictionary. */
  readonly text?: string;
}

/** A `.npy` file, written by hand: its type, its shape, and the bytes of its numbers. */
export function npy(
  type: string,
  shape: readonly number[],
  data: readonly number[],
  { version = 1, isColumnMajor = false, text }: NpyHeader = {},
): Uint8Array<ArrayBuffer> {
  const order = isColumnMajor ? 'True' : 'False';
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = Buffer.from(
    `${text ?? `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${sizes}), }`}\n`,
  );
  const length = new Uint8Array(version === 1 ? 2 : 4);
  const view = new DataView(length.buffer);
  if (version === 1) view.setUint16(0, header.length, true);
  else view.setUint32(0, header.length, true);
  return Uint8Array.from([
    ...[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0],
    ...length,
    ...header,
    ...data,
  ]);
}

/** A zip of files, written by hand; `method` 0 stores them, 8 deflates them. */
export function zip(
  files: Readonly<Record<string, Uint8Array>>,
  method = 0,
  flags = 0,
): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const packed = method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(at, 12);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), common, entry.subarray(2), Buffer.from(name));
    const own = [Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed];
    parts.push(...own);
    at += own.reduce((sum, { length }) => sum + length, 0);
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  const count = Object.keys(files).length;
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Uint8Array.from(Buffer.concat([...parts, ...directory, end]));
}
