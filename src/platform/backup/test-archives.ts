import { createHash } from 'node:crypto';

// For tests: archives as somebody who means harm would make them.

/** The archive with its second member's header under another name, its checksum right. */
export function renamed(plain: Buffer, name: string): Buffer {
  const copy = Buffer.from(plain);
  const header = copy.subarray(1024, 1536);
  header.fill(0, 0, 100);
  header.write(name, 0);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return copy;
}

/** A member of nothing but zeros, which gzip folds a thousand times. */
export function bombMember(sizeBytes: number): Buffer {
  const body = Buffer.alloc(1024 + sizeBytes);
  const header = Buffer.alloc(512);
  header.write('rows/audit/00009.csv', 0);
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  return renamed(Buffer.concat([body.subarray(0, 1024), header, body]), 'rows/audit/00009.csv').subarray(
    1024,
  );
}

/** The manifest names the head's hash; a changed head needs the new one. */
export function withHeadSum(plain: Buffer): Buffer {
  const size = Number.parseInt(plain.toString('latin1', 124, 135), 8);
  const head = createHash('sha256')
    .update(plain.subarray(512, 512 + size))
    .digest('hex');
  const text = plain.toString('latin1');
  return Buffer.from(
    text.replace(
      /("name": "houselights-backup.json",\s+"sizeBytes": \d+,\s+"sha256": ")[0-9a-f]{64}/,
      `$1${head}`,
    ),
    'latin1',
  );
}
