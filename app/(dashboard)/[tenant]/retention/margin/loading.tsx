export { PeopleLoading as default } from "../people/people-loading";
