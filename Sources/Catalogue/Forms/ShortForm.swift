import Web

extension FormDefinition {
    /// The form of every procedure that has none of its own: who asks, and for what.
    package static let short = FormDefinition(sections: [
        FormSection(
            key: "applicant",
            name: Words("Người nộp hồ sơ", "Applicant"),
            fields: [
                FormField(
                    key: "fullName",
                    label: Words("Họ, chữ đệm, tên hoặc tên tổ chức", "Name of the person or organisation"),
                    type: .party,
                    required: .always,
                    fill: .accountName
                ),
                FormField(
                    key: "idNumber",
                    label: Words("Số giấy tờ tùy thân", "Identity document number"),
                    type: .idNumber,
                    help: Words("Số căn cước, CMND hoặc hộ chiếu", "Identity card or passport number")
                ),
                FormField(
                    key: "taxCode",
                    label: Words("Mã số thuế của tổ chức", "Tax code of the organisation"),
                    type: .text,
                    maximum: 20,
                    help: Words("Chỉ khi nộp cho tổ chức.", "Only for an organisation.")
                ),
                FormField(
                    key: "representative",
                    label: Words("Người đại diện của tổ chức", "Who represents the organisation"),
                    type: .name,
                    help: Words("Chỉ khi nộp cho tổ chức.", "Only for an organisation.")
                ),
                FormField(
                    key: "phone",
                    label: Words("Số điện thoại", "Telephone"),
                    type: .phone,
                    required: .always,
                    fill: .accountPhone
                ),
                FormField(
                    key: "email",
                    label: Words("Thư điện tử", "E-mail"),
                    type: .email,
                    fill: .accountEmail
                ),
                FormField(
                    key: "address",
                    label: Words("Địa chỉ liên hệ", "Address"),
                    type: .address,
                    required: .always
                ),
            ]
        ),
        FormSection(
            key: "request",
            name: Words("Nội dung đề nghị", "Request"),
            fields: [
                FormField(
                    key: "content",
                    label: Words("Nội dung yêu cầu giải quyết", "What you ask for"),
                    type: .paragraph,
                    required: .always
                )
            ]
        ),
    ])
}
