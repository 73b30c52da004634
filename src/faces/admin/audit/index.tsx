import type { ReactElement } from 'react';
import { z } from 'zod';
import { auditFilters, auditPage } from '../../../platform/audit/audit-page.ts';
import type { AuditLine } from '../../../platform/audit/index.ts';
import { inFilm } from '../../../platform/database/database.ts';
import { DeskPage, DeskTable, EmptyState, Filters, Pagination, When } from '../../../ui/admin/index.ts';
import { BadRequest } from '../../edge/bad-request.ts';
import type { House } from '../../house.ts';
import { answer } from '../answer.ts';
import { allow, type Desk, type DeskApp } from '../desk.ts';
import { actionWords, detailWords } from './action-words.ts';

const auditQuery = z.object({
  action: z
    .string()
    .max(80)
    .regex(/^[a-z_.-]*$/)
    .default(''),
  person: z.union([z.literal(''), z.literal('none'), z.uuid()]).default(''),
  before: z.union([z.literal(''), z.uuid()]).default(''),
});
type AuditQuery = z.output<typeof auditQuery>;

/** Who changed what, the newest first. */
export function addAuditDesk(desk: DeskApp, house: House): void {
  desk.get('/audit', allow('audit.read'), async (c) => {
    const parsed = auditQuery.safeParse(c.req.query());
    if (!parsed.success) throw new BadRequest();
    const { film } = c.var.desk;
    const found = await inFilm(house.db, film.id, async (tx) => ({
      lines: await auditPage(tx, film.id, parsed.data),
      filters: await auditFilters(tx, film.id),
    }));
    return answer(c, <AuditPage desk={c.var.desk} query={parsed.data} {...found} />);
  });
}

type AuditPageProps = {
  readonly desk: Desk;
  readonly query: AuditQuery;
  readonly lines: { readonly lines: readonly AuditLine[]; readonly hasMore: boolean };
  readonly filters: Awaited<ReturnType<typeof auditFilters>>;
};

function AuditPage({ desk, query, lines: { lines, hasMore }, filters }: AuditPageProps): ReactElement {
  const here = `${desk.base}/audit`;
  const view = (before: string) =>
    `${here}?${new URLSearchParams({ ...(query.action && { action: query.action }), ...(query.person && { person: query.person }), ...(before && { before }) })}`;
  const isNarrowed = query.action !== '' || query.person !== '';
  return (
    <DeskPage desk={desk} title="Audit log" about="Who changed what. Lines are only ever added.">
      <Filters
        action={here}
        filters={[
          {
            kind: 'choice',
            name: 'person',
            label: 'Who',
            value: query.person,
            all: 'Everybody',
            choices: filters.people.map(({ id, name }) => ({ value: id ?? 'none', label: name })),
          },
          {
            kind: 'choice',
            name: 'action',
            label: 'What',
            value: query.action,
            all: 'Everything',
            choices: filters.actions.map((action) => ({ value: action, label: actionWords(action) })),
          },
        ]}
      />
      <DeskTable
        caption="Changes"
        rows={lines}
        keyOf={({ id }) => id}
        columns={[
          { name: 'When', cell: ({ at }) => <When at={at} now={desk.now} /> },
          { name: 'Who', cell: ({ personName }) => personName },
          { name: 'What', kind: 'lead', cell: ({ action }) => actionWords(action) },
          {
            name: 'About',
            cell: ({ subject, details }) => (
              <>
                {subject}
                <span className="desk-under">{detailWords(details)}</span>
              </>
            ),
          },
        ]}
        empty={
          <EmptyState title={isNarrowed ? 'Nothing like that was done.' : 'Nothing was changed yet.'}>
            {isNarrowed ? (
              <a href={here}>Show everything</a>
            ) : (
              'Every save, publication and invitation will stand here.'
            )}
          </EmptyState>
        }
      />
      <Pagination
        newer={query.before === '' ? null : view('')}
        older={hasMore ? view(lines.at(-1)?.id ?? '') : null}
        words={{ newer: 'Newest', older: 'Older' }}
      />
    </DeskPage>
  );
}
