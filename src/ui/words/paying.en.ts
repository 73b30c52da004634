/** Words of paying and of money that goes back. */
export const payingEn = {
  pay: {
    title: 'Pay',
    go: (amount: string): string => `Pay ${amount}`,
    invoice: (days: number): string => `Pay by invoice within ${days} days`,
    invoiceAbout: 'You get the tickets now and an invoice by mail.',
    leading: 'To the payment page',
    leadingAbout: (amount: string): string =>
      `You pay ${amount} on the page of our payment provider, and come back here.`,
    open: 'Open the payment page',
    waits: 'Your payment page is open',
    waitsAbout: 'If you closed it, open it again here; it is the same page, and nothing is charged twice.',
    pending: 'Your bank takes its time',
    pendingAbout:
      'The payment is on its way. Your places are kept, and the tickets come by mail once it has arrived.',
    sandbox: 'This is a trial: no money moves.',
    problems: {
      unreachable:
        'The payment provider cannot be reached just now. Nothing was charged and your places are kept; try again in a moment.',
      not_taken:
        'The payment provider takes no payments for this film just now. Nothing was charged. Please tell the film’s team.',
      nobody: 'Nobody takes payments for this film yet. Nothing was charged.',
      no_invoices: 'This film is not paid by invoice.',
      address_needed: 'An invoice needs an e-mail address.',
      pays_elsewhere: 'A payment page is open for this order. Pay there, or wait until it is over.',
      screening_cancelled: 'This screening is cancelled. Nothing was charged.',
      confirmed: 'This order is paid already.',
      cancelled: 'This order is cancelled.',
      nothing_due: 'There is nothing to pay.',
    },
  },
  refund: {
    title: 'Give tickets back',
    which: 'Which tickets do you give back?',
    about:
      'Their places go to others at once. The money goes back the way it came; a bank takes a few days. A gift to the solidarity fund stays there.',
    go: 'Give back and get the money',
    goFree: 'Give back',
    none: 'Choose at least one ticket.',
    back: (amount: string): string => `${amount} goes back to you`,
    states: {
      asked: 'on its way',
      pending: 'on its way',
      'needs-action': 'waits for your answer to a mail of the payment provider',
      succeeded: 'given back',
      failed: 'did not arrive; the film’s team has been told',
    },
    problems: {
      no_refunds: 'Tickets for this film are not refunded.',
      too_late: 'It is too late to give tickets back for this screening.',
      nothing_left: 'These tickets were given back already.',
      admitted: 'Somebody came in with one of these tickets, so it cannot be given back here.',
      no_such_ticket: 'This ticket is not of this order.',
      not_confirmed: 'This order is not paid.',
    },
  },
  sandbox: {
    title: 'Payment on trial',
    about:
      'This is the sandbox. No money moves here: it is for trying the box office out on your own machine before a payment account is set up.',
    for: 'For',
    amount: 'Amount',
    pay: 'Pay',
    decline: 'Let the card be declined',
    leave: 'Leave without paying',
    declined: 'The card was declined. Nothing was charged; try again or leave.',
    over: 'This page is over. Nothing was charged.',
    paid: 'This was paid already.',
    back: 'Back to the order',
  },
};

/** The same shape in every language. */
export type PayingWords = typeof payingEn;
