import './kiosk-app.ts'
