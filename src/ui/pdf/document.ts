// PDF/UA, ISO 14289: what a reader's software may rely on. The library's types do not know it yet.
export const universal: object = { subset: 'PDF/UA' };

/** A document's bytes, once it has ended. */
export function collectPdf(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => done(Buffer.concat(chunks)));
    document.on('error', failed);
  });
}
