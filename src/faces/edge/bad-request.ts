/** Thrown when an address or a query says something that no page can mean; answered with a 400 page. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}
