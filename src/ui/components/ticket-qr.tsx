import type { ReactElement } from 'react';
import { qrPath, qrRuns } from '../qr.ts';

/** A ticket's QR code, drawn in the page; always dark on white, because scanners expect it. */
export function TicketQr({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  const code = qrRuns(text);
  return (
    <svg
      className="ticket-qr"
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={code.size} height={code.size} fill="#ffffff" />
      <path d={qrPath(code)} fill="#000000" />
    </svg>
  );
}
