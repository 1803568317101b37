import './tech-app.ts'
