import './components/exhibit-app.ts'
