"""From passages to answers: conditions tried in turn, quotations, copies, reasons."""
