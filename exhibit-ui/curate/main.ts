import './curate-app.ts'
