import { Command } from 'commander'
import { firmwareCheckCommand } from './firmware-check.ts'
import { firmwareImageCommand } from './firmware-image.ts'
import { firmwareInstallCommand } from './firmware-install.ts'
import { firmwarePlanCommand } from './firmware-plan.ts'
import { firmwareRenderCommand } from './firmware-render.ts'
import { firmwareUpdateCommand } from './firmware-update.ts'

export function firmwareCommand(): Command {
  return new Command('firmware')
    .description("the technician's work: from one venue.yaml to computers that are on the air")
    .addCommand(firmwarePlanCommand())
    .addCommand(firmwareRenderCommand())
    .addCommand(firmwareCheckCommand())
    .addCommand(firmwareImageCommand())
    .addCommand(firmwareInstallCommand())
    .addCommand(firmwareUpdateCommand())
}
