import type { ReactElement } from 'react';
import type { GrantCode } from '../../../domain/fund/index.ts';
import { Badge, DeskTable, PostButton, When } from '../../../ui/admin/index.ts';
import type { Desk } from '../desk.ts';

/** The stewards' codes, the newest first. */
export function CodesTable({
  desk,
  codes,
  canManage,
}: {
  readonly desk: Desk;
  readonly codes: readonly GrantCode[];
  readonly canManage: boolean;
}): ReactElement {
  const { now } = desk;
  const isOver = ({ goodUntil }: GrantCode): boolean =>
    goodUntil !== null && goodUntil.epochMilliseconds <= now.epochMilliseconds;
  return (
    <DeskTable
      caption="Codes for stewards"
      rows={codes}
      keyOf={({ id }) => id}
      empty={
        <p>
          None yet. A code pays one place or several; a partner’s steward hands it on, and the film never
          learns to whom.
        </p>
      }
      columns={[
        { name: 'Code', kind: 'lead', cell: ({ word }) => <code>{word}</code> },
        { name: 'Steward', cell: ({ steward }) => steward },
        { name: 'Used', kind: 'figure', cell: ({ uses, usesMax }) => `${uses} of ${usesMax}` },
        {
          name: 'Good until',
          kind: 'when',
          cell: ({ goodUntil }) => (goodUntil === null ? 'No end' : <When at={goodUntil} now={now} />),
        },
        {
          name: 'State',
          cell: (code) =>
            code.withdrawnAt !== null ? (
              <Badge>ended</Badge>
            ) : isOver(code) ? (
              <Badge>over</Badge>
            ) : code.uses >= code.usesMax ? (
              <Badge>used up</Badge>
            ) : (
              <Badge tone="good">good</Badge>
            ),
        },
        {
          name: 'Change',
          kind: 'actions',
          cell: (code) => (canManage ? <CodeButton base={desk.base} code={code} /> : null),
        },
      ]}
    />
  );
}

function CodeButton({ base, code }: { readonly base: string; readonly code: GrantCode }): ReactElement {
  const isGood = code.withdrawnAt === null;
  return (
    <PostButton
      action={`${base}/fund/codes/${code.id}/${isGood ? 'withdrawal' : 'return'}`}
      look="link"
      label={isGood ? `End ${code.word}` : `Let ${code.word} be good again`}
    >
      {isGood ? 'End it' : 'Let it be good'}
    </PostButton>
  );
}
