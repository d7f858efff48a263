/** An invented server with many tools, some of them named like our own. For tests. */
import { foreignTool } from "../agent/execute/fake_toolbox.ts";
import type { ToolInfo } from "../agent/execute/toolbox.ts";

const ID = { order_id: "Number of the order" };
const SKU = { sku: "Number of the article" };

type Row = [name: string, description: string, required: Record<string, string>];

const ROWS: Row[] = [
  ["get_order", "Get an order of the shop by its number", ID],
  ["list_orders", "List the latest orders of the shop", {}],
  ["cancel_order", "Cancel an order of the shop", ID],
  ["refund_order", "Pay back an order of the shop", { ...ID, amount: "Euros to pay back" }],
  ["search_orders", "Search orders of the shop by words", { query: "Words to search for" }],
  ["review_order", "Review an order of the shop for fraud", ID],
  ["get_customer", "Get a customer of the shop by name", { name: "Name of the customer" }],
  ["update_customer", "Change the address of a customer", { name: "Name", address: "Address" }],
  ["get_product", "Get an article of the shop", SKU],
  ["set_price", "Set the price of an article of the shop", { ...SKU, price: "In euros" }],
  ["check_stock", "Check how many pieces of an article are in stock", SKU],
  ["get_template", "Get the source code of a page of the shop", { page: "Name of the page" }],
  ["write_note", "Write a note into the diary of the shop", { text: "Text of the note" }],
  ["read_notes", "Read the notes in the diary of the shop", {}],
  ["send_mail", "Send a mail to a customer of the shop", { to: "Name", text: "Text of the mail" }],
  ["write_file", "Write a file to the web space of the shop", { file: "Name", text: "Text" }],
  ["review_code", "Review a discount code of the shop", { code: "The discount code" }],
  ["generate_tests", "Generate test orders in the shop", { count: "How many" }],
  ["format_code", "Format a postal code for a country", { code: "The postal code" }],
  ["generate_report", "Generate a report of the sales of a month", { month: "Such as 2026-11" }],
];

/** The tools of the server `shop`. */
export const SHOP: ToolInfo[] = ROWS.map(([name, description, required]) =>
  foreignTool("shop", name, {
    title: description,
    description,
    inputSchema: {
      type: "object",
      properties: Object.fromEntries(
        Object.entries(required).map(([field, about]) => [field, {
          type: "string",
          description: about,
        }]),
      ),
      required: Object.keys(required),
      additionalProperties: false,
    },
  })
);
