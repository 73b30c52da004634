/** Thrown by a route that finds nothing at its address; the edge answers with the film's 404 page. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}
