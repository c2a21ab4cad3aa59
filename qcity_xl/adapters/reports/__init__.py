"""Reports as files: papers in Word, lists in Excel, a page for the browser."""
