export { ReportLoading as default } from "../_reports/report-loading";
