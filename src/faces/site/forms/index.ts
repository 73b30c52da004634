export { addFormRoutes } from './form-routes.tsx';
