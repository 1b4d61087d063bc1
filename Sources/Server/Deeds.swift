import HTTPTypes
import Web

extension House {
    /// What is written into the log at every level. A test holds that each of these is a route.
    static let deeds = [
        Deed("sign-in", .post, "/sign-in", "/work/sign-in", "/api/v1/sessions"),
        Deed("sign-out", .post, "/sign-out", "/work/sign-out"),
        Deed("sign-up", .post, "/sign-up", "/api/v1/accounts"),
        Deed("new password", .post, "/work/new-password", "/tai-khoan/password", "/work/account/password"),
        Deed(
            "export",
            .get,
            "/work/register.csv",
            "/work/register.xlsx",
            "/work/register.pdf",
            "/api/v1/work/register*"
        ),
        Deed("administration", .post, "/work/staff*", "/work/calendar*", "/work/office*", "/work/numbering*"),
        Deed("administration", .post, "/work/assignment*"),
        Deed("order", .post, "/work/orders*"),
    ]
}
