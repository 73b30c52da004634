export { addFormRoutes } from './form-routes.tsx';
export { newsletterForm } from './newsletter-form.tsx';
