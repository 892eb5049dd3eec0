/**
 * The report: what a lake holds and what was done to it, collected into one value ({@link
 * dev.larder.pipelines.report.ReportData}) and put into one page that draws itself from it. It
 * reads tables, the ledger and run reports of any lake; it knows nothing of a model, a source or a
 * business.
 */
package dev.larder.pipelines.report;
