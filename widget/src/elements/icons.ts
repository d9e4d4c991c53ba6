import { svg, type TemplateResult } from "lit";

const icon = (path: string): TemplateResult => svg`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;

export const closeIcon = icon("M6 6l12 12M18 6L6 18");
export const menuIcon = icon("M12 5.5v.01M12 12v.01M12 18.5v.01");
export const sendIcon = icon("M4 12l16-8-5 16-3.5-6.5zM11.5 13.5L20 4");
export const personIcon = icon("M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.6-3.7 3.7-6 7.5-6s6.9 2.3 7.5 6");
export const downloadIcon = icon("M12 4v11m0 0l-4.5-4.5M12 15l4.5-4.5M5 20h14");
export const anewIcon = icon("M4 20l1-4L16.5 4.5l3 3L8 19zM14 7l3 3");
export const eraseIcon = icon("M5 7h14M10 7V4.5h4V7M7 7l.8 13h8.4L17 7M10.5 11v5.5M13.5 11v5.5");
export const plainIcon = icon("M6 3.5h9l4 4v13H6zM9 11h7M9 14.5h7M9 18h4");
export const attachIcon = icon("M19 11.5l-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.7-7.7a3.1 3.1 0 0 1 4.4 4.4l-7.5 7.5a1.6 1.6 0 0 1-2.3-2.3l6.6-6.6");
export const copyIcon = icon("M9 9h10.5v11H9zM15 9V4.5H4.5V16H9");
export const fileIcon = icon("M6.5 3.5h7l4 4v13h-11zM13.5 3.5v4h4");
export const telegramIcon = icon("M20.5 4.5L3.5 11l6 2.3L12 20l3-4.5 4 2.5zM9.5 13.3l11-8.8");
export const mailIcon = icon("M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7");
export const bellIcon = icon("M6.5 16.5v-6a5.5 5.5 0 0 1 11 0v6l1.5 1.5H5zM10.5 20.5h3");
export const downIcon = icon("M12 5v14m0 0l-5.5-5.5M12 19l5.5-5.5");
export const calendarIcon = icon("M5 6h14v14H5zM5 10.5h14M9 3.5V7M15 3.5V7");
export const printIcon = icon("M7.5 9V4h9v5M7.5 17H4.5V9h15v8h-3M7.5 14h9v6h-9z");
/** A roof of the old town in a speech bubble. */
export const brandIcon = icon("M4 19V6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H8zM8 13v-2.5l2-2.5 2 2.5V13M12 13V9.5L14 7l2 2.5V13");
