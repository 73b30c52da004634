/** A film's rules, as much of them as buyers read. */
export type RulesToSay = {
  readonly holdMinutes: number;
  readonly refundHours: number | null;
  readonly invoiceDays: number | null;
  readonly offerHours: number;
};

export type RulesSaid = {
  readonly hold: string;
  readonly refund: string;
  readonly invoice: string;
  readonly offer: string;
};

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** Hours as people say them: whole days from two days on, and a day itself. */
function english(hours: number): string {
  return hours >= 24 && hours % 24 === 0 ? many(hours / 24, 'day', 'days') : many(hours, 'hour', 'hours');
}

function spanish(hours: number): string {
  return hours >= 24 && hours % 24 === 0 ? many(hours / 24, 'día', 'días') : many(hours, 'hora', 'horas');
}

/** The rules of the box office, a sentence each: the same before paying, on the ticket, in the mail and at the desk. */
export function boxOfficeWords(language: string, rules: RulesToSay): RulesSaid {
  const { holdMinutes, refundHours, invoiceDays, offerHours } = rules;
  if (/^es(-|$)/.test(language))
    return {
      hold: `Tus lugares quedan apartados durante ${holdMinutes} minutos mientras pagas.`,
      refund:
        refundHours === null
          ? 'Las entradas no se devuelven, salvo que la función se cancele o cambie.'
          : refundHours === 0
            ? 'Puedes devolver tus entradas y recuperar tu dinero hasta que empiece la función.'
            : `Puedes devolver tus entradas y recuperar tu dinero hasta ${spanish(refundHours)} antes de la función.`,
      invoice:
        invoiceDays === null
          ? 'No se puede pagar con factura.'
          : `También puedes pagar con factura, en un plazo de ${many(invoiceDays, 'día', 'días')}.`,
      offer: `Si esperas un lugar y uno vuelve, queda guardado para ti ${spanish(offerHours)}.`,
    };
  return {
    hold: `Your places are set aside for ${holdMinutes} minutes while you pay.`,
    refund:
      refundHours === null
        ? 'Tickets are not taken back, unless the screening is cancelled or moved.'
        : refundHours === 0
          ? 'You can give tickets back for your money until the screening begins.'
          : `You can give tickets back for your money until ${english(refundHours)} before the screening.`,
    invoice:
      invoiceDays === null
        ? 'Payment by invoice is not possible.'
        : `You can also pay by invoice, within ${many(invoiceDays, 'day', 'days')}.`,
    offer: `If you wait for a place and one comes back, it is kept for you for ${english(offerHours)}.`,
  };
}
